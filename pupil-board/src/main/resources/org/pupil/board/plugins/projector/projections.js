// Brings points of many dimensions to two or three, by the method that a person chooses; what takes long is done in a worker.
import { customAxis, searchPoints } from './metadata.js';
import { MethodPanel } from './method-panel.js';

const COMPONENTS = 10;
const KNOWN = ['pca', 'tsne', 'umap', 'custom'];

export class Projections {
  #worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  #placed;
  #panel;
  #data = null;
  // The rows that the worker has: all (null), or those that were isolated.
  #subset = null;
  #pca = null;
  #shown = 'pca';

  // placed(projection, rows of the data, dim, positions): called with each new picture; failed(sentence).
  constructor({ placed, failed }) {
    this.#placed = placed;
    this.#worker.addEventListener('message', ({ data }) => this.#heard(data));
    this.#worker.addEventListener('error', (event) => failed(`The computation failed: ${event.message}`));
    const { settings } = (this.#panel = new MethodPanel({
      pca: () => this.#showPca(),
      tsne: () => this.#start('tsne', { dim: settings.tsneDim, perplexity: settings.perplexity, learningRate: this.learningRate }),
      pause: () => this.pause(),
      resume: () => this.#resume(),
      perturb: () => this.#send('perturb'),
      rate: () => this.#send('rate', { learningRate: this.learningRate }),
      umap: () => this.#start('umap', { dim: settings.umapDim, neighbours: settings.neighbours, minDist: settings.minDist }),
      custom: () => this.#showCustom(),
      opened: (method) => this.#opened(method),
    }));
  }

  get element() {
    return this.#panel.element;
  }

  get settings() {
    return this.#panel.settings;
  }

  get learningRate() {
    return this.#panel.learningRate;
  }

  close() {
    this.#worker.terminate();
  }

  // Begins with other points: all of the data (null), or some rows.
  use(data, subset) {
    this.#data = data;
    this.#subset = subset;
    this.#pca = null;
    const { points, n, d } = data;
    const rows = subset ?? Int32Array.from({ length: n }, (_, i) => i);
    const copy = new Float32Array(rows.length * d);
    rows.forEach((row, i) => copy.set(points.subarray(row * d, (row + 1) * d), i * d));
    this.#worker.postMessage({ type: 'load', points: copy, n: rows.length, d }, [copy.buffer]);
    this.#panel.reset(rows.length);
    this.#panel.setRunning(false);
    this.#panel.open('pca');
  }

  pause() {
    this.#send('pause');
    this.#panel.setRunning(false);
  }

  // A picture that was kept is shown now: nothing is computed.
  restored(projection) {
    this.#shown = projection;
    if (KNOWN.includes(projection)) this.#panel.open(projection, false);
  }

  #send(type, more) {
    this.#worker.postMessage({ type, ...more });
  }

  #start(type, more) {
    if (this.#data === null) return;
    this.#panel.status.textContent = 'Computing …';
    this.#send(type, more);
    if (type === 'tsne') this.#panel.setRunning(true);
  }

  #resume() {
    if (this.#shown !== 'tsne') {
      this.#panel.actions.tsne();
      return;
    }
    this.#send('resume', { learningRate: this.learningRate });
    this.#panel.setRunning(true);
  }

  #opened(method) {
    if (this.#data === null) return;
    if (method !== 'tsne') this.pause();
    if (method === 'pca') {
      if (this.#pca === null) this.#start('pca', { components: COMPONENTS });
      else this.#showPca();
    } else if (method === 'custom') this.#showCustom();
    else if (this.#shown !== method) this.#panel.actions[method]();
  }

  #heard(message) {
    const { status, method } = this.#panel;
    if (message.type === 'failed') {
      status.textContent = message.sentence;
      this.#panel.setRunning(false);
    } else if (message.type === 'progress') status.textContent = `Looking for neighbours: ${Math.round(100 * message.part)} %`;
    else if (message.type === 'done') status.textContent += ', done';
    else if (message.type === 'pca') {
      this.#pca = message;
      this.#panel.setShare(message.share);
      status.textContent = message.isReduced ? 'The dimensions were first reduced to 200 by a random projection.' : '';
      if (method === 'pca') this.#showPca();
    } else if (message.type === method) {
      status.textContent = `${message.type === 'tsne' ? 'Iteration' : 'Epoch'} ${message.iteration.toLocaleString()}${message.of ? ` of ${message.of}` : ''}`;
      this.#show(message.type, message.rows, message.dim, message.positions);
    }
  }

  #showPca() {
    if (this.#pca === null) return;
    const { rows, scores, count } = this.#pca;
    const { x, y, z } = this.settings;
    const axes = (z === null ? [x, y] : [x, y, z]).map((c) => Math.min(c, count - 1));
    const positions = new Float32Array(rows.length * axes.length);
    for (let i = 0; i < rows.length; i++) axes.forEach((c, k) => (positions[i * axes.length + k] = scores[i * count + c]));
    this.#show('pca', rows, axes.length, positions);
  }

  #showCustom() {
    if (this.#data === null) return;
    const { points, n, d } = this.#data;
    const { names, valuesOf } = this.#data.metadata;
    const columns = names.map((_, i) => valuesOf(i));
    const found = (text) => [...new Set(columns.flatMap((values) => searchPoints(values, text, false).all))];
    const { x, y, z } = this.settings.custom;
    const axes = [x, y, z].filter((texts) => texts[0] !== '' && texts[1] !== '');
    const lost = axes.flat().filter((text) => found(text).length === 0);
    if (axes.length < 2 || lost.length > 0) {
      this.#panel.status.textContent = lost.length > 0 ? `No point matches “${lost[0]}”.` : 'Enter both texts for X and for Y (and for Z in three dimensions). All columns are searched.';
      return;
    }
    this.#panel.status.textContent = '';
    const places = axes.map(([from, to]) => customAxis(points, n, d, found(from), found(to)));
    const rows = Int32Array.from({ length: this.#subset?.length ?? n }, (_, i) => i);
    const positions = new Float32Array(rows.length * axes.length);
    rows.forEach((row, i) => places.forEach((place, k) => (positions[i * axes.length + k] = place[this.#subset ? this.#subset[row] : row])));
    this.#show('custom', rows, axes.length, positions);
  }

  // rows are of what the worker has.
  #show(projection, rows, dim, positions) {
    this.#shown = projection;
    this.#placed(projection, this.#subset === null ? rows : Int32Array.from(rows, (row) => this.#subset[row]), dim, positions);
  }
}
