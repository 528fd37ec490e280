// Points of many dimensions, as a cloud that can be turned.
import { element } from '../html.js';
import { parseBookmarks, placesOf, toBookmark } from '../projector/bookmarks.js';
import { loadTensor, tensorsOf } from '../projector/data-source.js';
import { Inspector } from '../projector/inspector.js';
import { customAxis, kindOf, searchPoints } from '../projector/metadata.js';
import { MethodPanel } from '../projector/method-panel.js';
import { nearest } from '../projector/neighbours.js';
import { partsOf, pointColours } from '../projector/point-colours.js';
import { PointView } from '../projector/point-view.js';
import { save } from '../parts/download.js';

export const tab = {
  id: 'projector', title: 'Projector', plugins: ['projector'], css: true,
  isActive: async (board) => (await board.api.json('data/plugin/projector/runs')).length > 0,
};

const COMPONENTS = 10;

export function mount(container, board) {
  return new ProjectorPage(container, board);
}

class ProjectorPage {
  #board;
  #gone = false;
  #tensors = [];
  #loaded = '';
  #data = null;
  // The rows that the worker has: all, or those that were isolated.
  #subset = null;
  #pca = null;
  // What is drawn: rows of the data, and their places.
  #drawn = { rows: new Int32Array(0), dim: 3, positions: new Float32Array(0), projection: 'pca' };
  #selected = new Set();
  #chosen = null;
  #neighbours = [];
  #pointed = -1;
  #colours = pointColours(null);
  #colourValues = [];
  #bookmarks = [];
  #worker = new Worker(new URL('../projector/worker.js', import.meta.url), { type: 'module' });
  #tensor = element('select', { 'aria-label': 'Tensor' });
  #label = element('select', { 'aria-label': 'Label by' });
  #colour = element('select', { 'aria-label': 'Colour by' });
  #pictures = element('input', { type: 'checkbox' });
  #legend = element('ul', { class: 'projector-legend', 'aria-label': 'Colours' });
  #note = element('p', { class: 'note', role: 'status' });
  #picturesRow = element('label', { class: 'projector-check', hidden: true }, this.#pictures, 'Pictures');
  #marks = element('ul', { class: 'projector-marks' });
  #file = element('input', { type: 'file', accept: '.json,.txt', class: 'visually-hidden', tabindex: -1, 'aria-label': 'A file of bookmarks' });
  #methods;
  #inspector;
  #view;
  #stopTheme;

  constructor(container, board) {
    this.#board = board;
    const send = (type, more) => this.#worker.postMessage({ type, ...more });
    const { settings } = (this.#methods = new MethodPanel({
      pca: () => this.#showPca(),
      tsne: () => this.#start('tsne', { dim: settings.tsneDim, perplexity: settings.perplexity, learningRate: this.#methods.learningRate }),
      pause: () => (send('pause'), this.#methods.setRunning(false)),
      resume: () => (this.#drawn.projection === 'tsne' ? (send('resume', { learningRate: this.#methods.learningRate }), this.#methods.setRunning(true)) : this.#methods.actions.tsne()),
      perturb: () => send('perturb'),
      rate: () => send('rate', { learningRate: this.#methods.learningRate }),
      umap: () => this.#start('umap', { dim: settings.umapDim, neighbours: settings.neighbours, minDist: settings.minDist }),
      custom: () => this.#showCustom(),
      opened: (method) => this.#onMethod(method),
    }));
    this.#inspector = new Inspector({
      choose: (row) => this.#choose(row < 0 ? null : row), chooseAll: (rows) => this.#chooseAll(rows), labelOf: (row) => this.#labelOf(row), pictureOf: (row) => this.#pictureOf(row),
      settingsChanged: () => this.#chosen !== null && this.#choose(this.#chosen), isolate: () => this.#isolate(), showAll: () => this.#use(null), isIsolated: () => this.#subset !== null,
    });
    this.#view = new PointView({
      pointed: (place) => this.#point(place),
      chosen: (place, isAdding) => this.#onChosen(place, isAdding),
      noWebgl: () => board.say('This browser has no WebGL: the points are drawn more slowly, without it.'),
    });
    container.append(this.#layout());
    this.#listen();
    this.refresh();
  }

  #layout() {
    const labelled = (text, control) => element('label', { class: 'projector-field' }, element('span', {}, text), control);
    return element('div', { class: 'projector-page' },
      element('div', { class: 'projector-side card' },
        labelled('Tensor', this.#tensor), labelled('Label by', this.#label), labelled('Colour by', this.#colour), this.#picturesRow, this.#legend,
        element('hr', {}), this.#methods.element),
      element('div', { class: 'projector-middle card' }, this.#view.element, element('div', { class: 'projector-foot' }, this.#note,
        element('button', { onclick: () => this.#view.reset(this.#view.orbit.isFlat) }, 'Reset the view'))),
      element('div', { class: 'projector-side card' }, this.#inspector.element,
        element('hr', {}), element('h3', {}, 'Bookmarks'), this.#marks,
        element('div', { class: 'projector-buttons' },
          element('button', { onclick: () => this.#addBookmark() }, 'Keep this view'),
          element('button', { onclick: () => this.#saveBookmarks() }, 'Save …'),
          element('button', { onclick: () => this.#file.click() }, 'Load …'), this.#file)));
  }

  #listen() {
    this.#worker.addEventListener('message', ({ data }) => this.#onWorker(data));
    this.#worker.addEventListener('error', (event) => this.#board.say(`The computation failed: ${event.message}`));
    this.#tensor.addEventListener('change', () => this.#load());
    this.#label.addEventListener('change', () => this.#drawLabels());
    this.#colour.addEventListener('change', () => this.#drawColours());
    this.#pictures.addEventListener('change', () => this.#drawPoints());
    this.#file.addEventListener('change', () => this.#loadBookmarks(this.#file.files[0]));
    this.#stopTheme = this.#board.theme.onChange(() => this.#drawPoints());
  }

  async refresh() {
    try {
      const tensors = await tensorsOf(this.#board.api);
      if (this.#gone || JSON.stringify(tensors) === JSON.stringify(this.#tensors)) return;
      this.#tensors = tensors;
      const before = this.#tensor.value || this.#board.view.get('tensor');
      this.#tensor.replaceChildren(...tensors.map((tensor) => {
        const key = `${tensor.run}\n${tensor.tensorName}`;
        return element('option', { value: key }, `${tensor.tensorName} (${tensor.run})`);
      }));
      if (tensors.some((tensor) => `${tensor.run}\n${tensor.tensorName}` === before)) this.#tensor.value = before;
      if (tensors.length === 0) this.#note.textContent = 'No run has a projector_config.pbtxt.';
      else await this.#load();
    } catch (error) {
      this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
    this.#stopTheme();
    this.#worker.terminate();
    this.#view.dispose();
  }

  // --- data ---------------------------------------------------------------------------------------

  async #load() {
    const tensor = this.#tensors[this.#tensor.selectedIndex];
    const key = JSON.stringify(tensor);
    if (tensor === undefined || key === this.#loaded) return;
    this.#loaded = key;
    this.#board.view.set('tensor', this.#tensor.selectedIndex === 0 ? undefined : this.#tensor.value);
    this.#note.textContent = 'Reading …';
    try {
      const data = await loadTensor(this.#board.api, tensor);
      if (this.#gone || this.#loaded !== key) return;
      this.#show(data);
      if (tensor.bookmarksPath) this.#setBookmarks(parseBookmarks(await this.#board.api.text('data/plugin/projector/bookmarks', { run: tensor.run, name: tensor.tensorName })));
    } catch (error) {
      this.#note.textContent = error.message;
    }
  }

  #show(data) {
    this.#data = data;
    const { names, valuesOf } = data.metadata;
    this.#label.replaceChildren(...names.map((name, i) => element('option', { value: i }, name)));
    this.#label.value = labelColumn(names.map((_, i) => valuesOf(i)));
    const kinds = names.map((_, i) => kindOf(valuesOf(i)));
    this.#colour.replaceChildren(element('option', { value: '' }, 'nothing'), ...names.map((name, i) => element('option', { value: i, disabled: kinds[i] === null }, kinds[i] === null ? `${name} (too many values)` : name)));
    this.#colour.value = Math.max(-1, kinds.findIndex((kind, i) => kind === 'categories' && new Set(valuesOf(i)).size > 1));
    if (this.#colour.value === '') this.#colour.selectedIndex = 0;
    this.#picturesRow.hidden = data.sprite === null;
    this.#pictures.checked = data.sprite !== null && data.n <= 3000;
    this.#view.setSprite(data.sprite);
    this.#setBookmarks([]);
    this.#inspector.show(data);
    this.#use(null);
    this.#drawColours();
  }

  // Gives the worker all points (null) or some rows.
  #use(subset) {
    this.#subset = subset;
    this.#pca = null;
    this.#selected.clear();
    this.#chosen = null;
    this.#neighbours = [];
    const { points, n, d } = this.#data;
    const rows = subset ?? Int32Array.from({ length: n }, (_, i) => i);
    const copy = new Float32Array(rows.length * d);
    rows.forEach((row, i) => copy.set(points.subarray(row * d, (row + 1) * d), i * d));
    this.#worker.postMessage({ type: 'load', points: copy, n: rows.length, d }, [copy.buffer]);
    this.#methods.reset(rows.length);
    this.#methods.setRunning(false);
    this.#methods.open('pca');
    this.#inspector.showPoint(null, [], 0);
  }

  #onMethod(method) {
    if (this.#data === null) return;
    if (method !== 'tsne') {
      this.#worker.postMessage({ type: 'pause' });
      this.#methods.setRunning(false);
    }
    if (method === 'pca') {
      if (this.#pca === null) this.#start('pca', { components: COMPONENTS });
      else this.#showPca();
    } else if (method === 'tsne' && this.#drawn.projection !== 'tsne') this.#methods.actions.tsne();
    else if (method === 'umap' && this.#drawn.projection !== 'umap') this.#methods.actions.umap();
    else if (method === 'custom') this.#showCustom();
  }

  #start(type, more) {
    if (this.#data === null) return;
    this.#methods.status.textContent = 'Computing …';
    this.#worker.postMessage({ type, ...more });
    if (type === 'tsne') this.#methods.setRunning(true);
  }

  #onWorker(message) {
    const { status } = this.#methods;
    if (message.type === 'failed') {
      status.textContent = message.sentence;
      this.#methods.setRunning(false);
    } else if (message.type === 'progress') status.textContent = `Looking for neighbours: ${Math.round(100 * message.part)} %`;
    else if (message.type === 'done') status.textContent += ', done';
    else if (message.type === 'pca') {
      this.#pca = message;
      this.#methods.setShare(message.share);
      status.textContent = message.isReduced ? 'The dimensions were first reduced to 200 by chance.' : '';
      if (this.#methods.method === 'pca') this.#showPca();
    } else if (message.type === this.#methods.method) {
      status.textContent = `${message.type === 'tsne' ? 'Iteration' : 'Epoch'} ${message.iteration.toLocaleString()}${message.of ? ` of ${message.of}` : ''}`;
      this.#place(message.type, message.rows, message.dim, message.positions);
    }
  }

  #showPca() {
    if (this.#pca === null) return;
    const { rows, scores, count } = this.#pca;
    const { x, y, z } = this.#methods.settings;
    const axes = (z === null ? [x, y] : [x, y, z]).map((c) => Math.min(c, count - 1));
    const positions = new Float32Array(rows.length * axes.length);
    for (let i = 0; i < rows.length; i++) axes.forEach((c, k) => (positions[i * axes.length + k] = scores[i * count + c]));
    this.#place('pca', rows, axes.length, positions);
  }

  #showCustom() {
    const { points, n, d } = this.#data;
    const { names, valuesOf } = this.#data.metadata;
    const columns = names.map((_, i) => valuesOf(i));
    const found = (text) => [...new Set(columns.flatMap((values) => searchPoints(values, text, false).all))];
    const ends = (texts) => texts.map(found);
    const { x, y, z } = this.#methods.settings.custom;
    const axes = [x, y, z].filter((texts) => texts[0] !== '' && texts[1] !== '');
    const lost = axes.flat().filter((text) => found(text).length === 0);
    if (axes.length < 2 || lost.length > 0) {
      this.#methods.status.textContent = lost.length > 0 ? `No point matches “${lost[0]}”.` : 'Give both texts of X and of Y (of Z too, for three dimensions). They are looked for in every column.';
      return;
    }
    this.#methods.status.textContent = '';
    const places = axes.map((texts) => customAxis(points, n, d, ...ends(texts)));
    const rows = Int32Array.from({ length: this.#subset?.length ?? n }, (_, i) => i);
    const positions = new Float32Array(rows.length * axes.length);
    rows.forEach((row, i) => places.forEach((place, k) => (positions[i * axes.length + k] = place[this.#subset ? this.#subset[row] : row])));
    this.#place('custom', rows, axes.length, positions);
  }

  // --- drawing ------------------------------------------------------------------------------------

  // rows are of what the worker has.
  #place(projection, rows, dim, positions) {
    const isNew = this.#drawn.projection !== projection || this.#drawn.dim !== dim || this.#drawn.rows.length !== rows.length;
    const own = this.#subset === null ? rows : Int32Array.from(rows, (row) => this.#subset[row]);
    this.#drawn = { projection, rows: own, dim, positions };
    if (isNew) this.#view.reset(dim === 2);
    this.#drawPoints();
    const all = this.#subset?.length ?? this.#data.n;
    const shown = own.length === all ? `${all.toLocaleString()} points` : `${own.length.toLocaleString()} of ${all.toLocaleString()} points, by chance`;
    const unread = this.#data.total > this.#data.n ? `; the first ${this.#data.n.toLocaleString()} of ${this.#data.total.toLocaleString()} were read` : '';
    this.#note.textContent = `${shown}, ${this.#data.d.toLocaleString()} dimensions${unread}.`;
  }

  #drawPoints() {
    const { rows, dim, positions } = this.#drawn;
    if (this.#data === null || rows.length === 0) return;
    const style = getComputedStyle(document.documentElement);
    const bad = partsOf(style.getPropertyValue('--bad').trim());
    const isPicture = this.#pictures.checked && this.#data.sprite !== null;
    const near = new Map(this.#neighbours.map((one, i) => [one.index, i / Math.max(1, this.#neighbours.length - 1)]));
    const base = isPicture ? Math.max(0.03, Math.min(0.12, 1.4 / Math.sqrt(rows.length))) : Math.max(0.012, Math.min(0.05, 0.9 / Math.sqrt(rows.length)));
    const arrays = {
      position: spread(positions, dim), tint: new Float32Array(3 * rows.length), size: new Float32Array(rows.length).fill(base),
      number: Float32Array.from(rows, (row) => this.#spriteNumber(row)), fade: new Float32Array(rows.length),
    };
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      arrays.tint.set(row === this.#chosen ? bad : partsOf(this.#colours.of(this.#colourValues[row])), 3 * i);
      if (row === this.#chosen) arrays.size[i] *= 1.9;
      else if (near.has(row)) arrays.size[i] *= 1.5 - 0.3 * near.get(row);
      else if (this.#selected.has(row)) arrays.size[i] *= 1.4;
      else if (this.#selected.size > 0) {
        arrays.fade[i] = 0.75;
        arrays.size[i] *= 0.8;
      }
    }
    this.#view.setOptions({ pictures: isPicture, line: style.getPropertyValue('--line').trim(), paper: partsOf(style.getPropertyValue('--card').trim()) });
    this.#view.setPoints(arrays);
    this.#drawLabels();
  }

  #spriteNumber(row) {
    const { sprite } = this.#data;
    return sprite === null ? 0 : (row % sprite.perRow) + Math.floor(row / sprite.perRow) * sprite.columns;
  }

  #drawLabels() {
    if (this.#data === null) return;
    const places = new Map(Array.from(this.#drawn.rows, (row, place) => [row, place]));
    const labels = [];
    const add = (row, kind) => places.has(row) && labels.push({ place: places.get(row), text: this.#labelOf(row), kind });
    if (this.#pointed >= 0) add(this.#pointed, 'pointed');
    if (this.#chosen !== null) add(this.#chosen, 'chosen');
    for (const { index } of this.#neighbours.slice(0, 20)) add(index, 'near');
    if (this.#chosen === null) for (const row of [...this.#selected].slice(0, 40)) add(row, 'near');
    this.#view.setLabels(labels);
  }

  #drawColours() {
    const values = this.#colour.value === '' ? null : this.#data.metadata.valuesOf(Number(this.#colour.value));
    this.#colours = pointColours(values);
    this.#colourValues = values ?? [];
    this.#legend.replaceChildren(...this.#colours.legend.map(({ colour, text, value }) => element('li', {}, element('span', { class: 'projector-swatch', style: `background:${colour}` }),
      value === undefined ? text : element('button', { class: 'link-button', title: 'Choose these', onclick: () => this.#chooseAll(values.flatMap((one, row) => (one === value ? [row] : []))) }, text))));
    this.#drawPoints();
  }

  #labelOf(row) {
    return this.#labels()[row] || `(${row})`;
  }

  #labelCache = { key: null, values: [] };

  #labels() {
    const key = `${this.#loaded}${this.#label.value}`;
    if (this.#labelCache.key !== key) this.#labelCache = { key, values: this.#data.metadata.valuesOf(Number(this.#label.value)) };
    return this.#labelCache.values;
  }

  #pictureOf(row) {
    const { sprite } = this.#data;
    if (sprite === null) return null;
    const canvas = element('canvas', { class: 'projector-picture', width: sprite.width, height: sprite.height, role: 'img', 'aria-label': this.#labelOf(row) });
    canvas.getContext('2d').drawImage(sprite.image, (row % sprite.perRow) * sprite.width, Math.floor(row / sprite.perRow) * sprite.height, sprite.width, sprite.height, 0, 0, sprite.width, sprite.height);
    return canvas;
  }

  // --- choosing -----------------------------------------------------------------------------------

  #point(place) {
    const row = place < 0 ? -1 : this.#drawn.rows[place];
    if (row === this.#pointed) return;
    this.#pointed = row;
    this.#drawLabels();
  }

  #onChosen(place, isAdding) {
    const row = place < 0 ? null : this.#drawn.rows[place];
    if (isAdding && row !== null) this.#chooseAll([...this.#selected, row]);
    else this.#choose(row);
  }

  #choose(row) {
    this.#chosen = row;
    this.#selected.clear();
    this.#neighbours = [];
    if (row !== null) {
      const { points, n, d } = this.#data;
      const wanted = this.#inspector.count;
      this.#neighbours = nearest(points, n, d, row, this.#subset === null ? wanted : n, this.#inspector.distance);
      if (this.#subset !== null) {
        const inside = new Set(this.#subset);
        this.#neighbours = this.#neighbours.filter((one) => inside.has(one.index)).slice(0, wanted);
      }
      this.#selected = new Set([row, ...this.#neighbours.map((one) => one.index)]);
    }
    this.#inspector.showPoint(row, this.#neighbours, this.#selected.size);
    this.#drawPoints();
  }

  #chooseAll(rows) {
    this.#chosen = null;
    this.#neighbours = [];
    this.#selected = new Set(rows);
    this.#inspector.showPoint(null, [], this.#selected.size);
    this.#drawPoints();
  }

  #isolate() {
    if (this.#selected.size < 2) return this.#board.say('Choose at least two points.');
    return this.#use(Int32Array.from([...this.#selected].sort((a, b) => a - b)));
  }

  // --- bookmarks ----------------------------------------------------------------------------------

  #setBookmarks(bookmarks) {
    this.#bookmarks = bookmarks;
    this.#marks.replaceChildren(...bookmarks.map((bookmark) => element('li', {},
      element('button', { class: 'link-button', onclick: () => this.#restore(bookmark) }, String(bookmark.label || bookmark.selectedProjection).slice(0, 80)),
      element('button', { class: 'icon-button', 'aria-label': `Remove ${String(bookmark.label).slice(0, 80)}`, onclick: () => this.#setBookmarks(this.#bookmarks.filter((other) => other !== bookmark)) }, '×'))));
  }

  #addBookmark() {
    if (this.#data === null) return;
    const { settings, learningRate } = this.#methods;
    const { orbit } = this.#view;
    this.#setBookmarks([...this.#bookmarks, toBookmark({
      label: `View ${this.#bookmarks.length + 1}: ${this.#drawn.projection}`, projection: this.#drawn.projection, dim: this.#drawn.dim, positions: this.#drawn.positions, rows: this.#drawn.rows,
      n: this.#data.n, d: this.#data.d, camera: { position: orbit.eye(), target: orbit.target }, colour: this.#colour.selectedOptions[0]?.textContent, labelColumn: this.#label.selectedOptions[0]?.textContent,
      selected: [...this.#selected], components: [settings.x, settings.y, settings.z].filter((one) => one !== null), settings: { ...settings, learningRate },
    })]);
  }

  #saveBookmarks() {
    if (this.#bookmarks.length === 0) return this.#board.say('Keep a view first.');
    return save(JSON.stringify(this.#bookmarks), 'bookmarks.json', 'application/json');
  }

  async #loadBookmarks(file) {
    if (!file) return;
    try {
      this.#setBookmarks(parseBookmarks(await file.text()));
    } catch (error) {
      this.#board.say(error.message);
    } finally {
      this.#file.value = '';
    }
  }

  #restore(bookmark) {
    const places = this.#data === null ? null : placesOf(bookmark, this.#data.n);
    if (places === null) return this.#board.say('This bookmark is of other data.');
    this.#worker.postMessage({ type: 'pause' });
    this.#methods.setRunning(false);
    if (this.#subset !== null) this.#use(null);
    const { selectedProjection: projection, cameraDef } = bookmark;
    const choose = (select, text) => {
      const option = [...select.options].find((one) => one.textContent === text);
      if (option) select.value = option.value;
    };
    choose(this.#label, bookmark.selectedLabelOption);
    choose(this.#colour, bookmark.selectedColorOptionName);
    if (['pca', 'tsne', 'umap', 'custom'].includes(projection)) {
      this.#drawn.projection = projection;
      this.#methods.open(projection, false);
    }
    this.#drawColours();
    this.#place(projection, places.rows, places.dim, places.positions);
    const selected = Array.isArray(bookmark.selectedPoints) ? bookmark.selectedPoints.filter((row) => Number.isInteger(row) && row >= 0 && row < this.#data.n) : [];
    this.#chooseAll(selected);
    this.#view.look(cameraDef, places.dim === 2);
    return undefined;
  }
}

// Labels that tell points apart: the first column with the most distinct values, unless these are numbers.
function labelColumn(columns) {
  const worth = columns.map((values) => (kindOf(values) === 'numbers' ? 0 : new Set(values).size));
  return Math.max(0, worth.indexOf(Math.max(...worth)));
}

// Into the cube from -1 to 1, around the middle.
function spread(positions, dim) {
  const n = positions.length / dim;
  const middle = new Float64Array(dim);
  for (let i = 0; i < positions.length; i++) middle[i % dim] += positions[i] / n;
  let size = 0;
  for (let i = 0; i < positions.length; i++) size = Math.max(size, Math.abs(positions[i] - middle[i % dim]));
  const made = new Float32Array(3 * n);
  for (let i = 0; i < n; i++) for (let c = 0; c < dim; c++) made[3 * i + c] = size === 0 ? 0 : (positions[i * dim + c] - middle[c]) / size;
  return made;
}
