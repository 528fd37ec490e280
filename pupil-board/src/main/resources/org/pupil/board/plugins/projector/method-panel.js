// How many dimensions become two or three: the choices of each method.
import { element } from '../../page/html.js';
import { perplexityFor } from './tsne.js';

const METHODS = [['pca', 'PCA'], ['tsne', 't-SNE'], ['umap', 'UMAP'], ['custom', 'Custom']];
const EXPLANATIONS = {
  pca: 'The directions in which the points differ most. Distances are meaningful, but clusters may overlap.',
  tsne: 'Neighbouring points stay close together. The sizes of clusters and the distances between them mean little.',
  umap: 'Like t-SNE, but faster, and the positions of clusters mean a little more.',
  custom: 'An axis runs from the centre of the points that match the first text to the centre of those that match the second.',
};

export class MethodPanel {
  #body = element('div', { class: 'projector-method' });
  #buttons;
  #share = [];
  #isRunning = false;
  status = element('p', { class: 'note', role: 'status' });
  settings = { x: 0, y: 1, z: 2, tsneDim: 3, perplexity: 5, rateExponent: 1, umapDim: 3, neighbours: 15, minDist: 0.1, custom: { x: ['', ''], y: ['', ''], z: ['', ''] } };
  method = 'pca';

  // actions: {pca(), tsne(), pause(), resume(), perturb(), rate(), umap(), custom(), opened(method)}
  constructor(actions) {
    this.actions = actions;
    this.#buttons = METHODS.map(([id, title]) => element('button', { 'aria-pressed': id === this.method, onclick: () => this.open(id) }, title));
    this.element = element('section', { 'aria-label': 'Projection' }, element('div', { role: 'group', class: 'projector-methods', 'aria-label': 'Method' }, ...this.#buttons), this.#body, this.status);
  }

  get learningRate() {
    return 10 ** this.settings.rateExponent;
  }

  // For new data.
  reset(n) {
    this.settings.perplexity = perplexityFor(n);
    this.settings.neighbours = Math.min(15, Math.max(2, n - 1));
    this.#share = [];
    this.open(this.method, false);
  }

  setShare(share) {
    this.#share = share;
    this.settings.z = share.length < 3 && this.settings.z !== null ? null : this.settings.z;
    if (this.method === 'pca') this.#draw();
  }

  setRunning(isRunning) {
    if (this.#isRunning === isRunning) return;
    this.#isRunning = isRunning;
    if (this.method === 'tsne') this.#draw();
  }

  open(method, isAsked = true) {
    this.method = method;
    this.#buttons.forEach((button, i) => button.setAttribute('aria-pressed', METHODS[i][0] === method));
    this.#draw();
    if (isAsked) this.actions.opened(method);
  }

  #draw() {
    this.#body.replaceChildren(element('p', { class: 'note' }, EXPLANATIONS[this.method]), ...this[`${this.method}Form`]());
  }

  pcaForm() {
    const percent = (i) => (this.#share[i] === undefined ? '' : ` (${(100 * this.#share[i]).toFixed(1)} %)`);
    const select = (axis) => {
      const made = element('select', { 'aria-label': `Component of ${axis.toUpperCase()}` },
        ...(axis === 'z' ? [element('option', { value: '' }, 'none: flat')] : []),
        ...this.#share.map((_, i) => element('option', { value: i }, `Component ${i + 1}${percent(i)}`)));
      made.value = this.settings[axis] ?? '';
      made.addEventListener('change', () => {
        this.settings[axis] = made.value === '' ? null : Number(made.value);
        this.#draw();
        this.actions.pca();
      });
      return element('label', {}, `${axis.toUpperCase()} `, made);
    };
    const shown = [...new Set(['x', 'y', 'z'].map((axis) => this.settings[axis]).filter((i) => i !== null))];
    const sum = shown.reduce((total, i) => total + (this.#share[i] ?? 0), 0);
    return [select('x'), select('y'), select('z'), element('p', { class: 'note' }, this.#share.length === 0 ? '' : `Together they explain ${(100 * sum).toFixed(1)} % of the variance.`)];
  }

  tsneForm() {
    const { settings, actions } = this;
    return [
      this.#dimension('tsneDim'),
      range('Perplexity', settings.perplexity, { min: 2, max: 100, step: 1 }, (value) => value, (value) => (settings.perplexity = value)),
      range('Learning rate', settings.rateExponent, { min: -3, max: 2, step: 0.25 }, (value) => String(Number((10 ** value).toPrecision(2))), (value) => {
        settings.rateExponent = value;
        actions.rate();
      }),
      element('div', { class: 'projector-buttons' },
        element('button', { onclick: () => actions.tsne() }, 'Run'),
        element('button', { onclick: () => (this.#isRunning ? actions.pause() : actions.resume()) }, this.#isRunning ? 'Pause' : 'Resume'),
        element('button', { onclick: () => actions.perturb() }, 'Perturb')),
    ];
  }

  umapForm() {
    const { settings, actions } = this;
    return [
      this.#dimension('umapDim'),
      range('Neighbours', settings.neighbours, { min: 5, max: 50, step: 1 }, (value) => value, (value) => (settings.neighbours = value)),
      range('Minimum distance', settings.minDist, { min: 0, max: 0.99, step: 0.01 }, (value) => value, (value) => (settings.minDist = value)),
      element('div', { class: 'projector-buttons' }, element('button', { onclick: () => actions.umap() }, 'Run')),
    ];
  }

  customForm() {
    return ['x', 'y', 'z'].map((axis) => {
      const inputs = ['from', 'to'].map((end, i) => {
        const input = element('input', { type: 'search', placeholder: end, 'aria-label': `${axis.toUpperCase()} ${end}`, value: this.settings.custom[axis][i] });
        input.addEventListener('change', () => {
          this.settings.custom[axis][i] = input.value;
          this.actions.custom();
        });
        return input;
      });
      return element('div', { class: 'projector-axis' }, element('span', {}, axis.toUpperCase()), ...inputs);
    });
  }

  #dimension(key) {
    const select = element('select', { 'aria-label': 'Dimensions' }, element('option', { value: 3 }, '3D'), element('option', { value: 2 }, '2D'));
    select.value = this.settings[key];
    select.addEventListener('change', () => (this.settings[key] = Number(select.value)));
    return element('label', {}, 'Dimensions ', select);
  }
}

export function range(title, value, { min, max, step }, text, onChange) {
  const output = element('output', {}, text(value));
  const input = element('input', { type: 'range', min, max, step, value, 'aria-label': title });
  input.addEventListener('input', () => {
    output.textContent = text(Number(input.value));
    onChange(Number(input.value));
  });
  return element('label', { class: 'projector-range' }, element('span', {}, title, ' ', output), input);
}
