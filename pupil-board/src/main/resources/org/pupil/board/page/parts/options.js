// How the cards of the pages show their data: kept in the browser, and what belongs to a view also in the address.
const DEFAULTS = {
  smoothing: 0.6,
  xAxis: 'step',
  histogramAxis: 'step',
  histogramMode: 'offset',
  ignoreOutliers: true,
  tooltipOrder: 'nearest',
  tooltipRows: 10,
  stepSelection: 'off',
  linkSteps: false,
  brightness: 1,
  contrast: 1,
  actualSize: false,
};

const IN_ADDRESS = new Set(['smoothing', 'histogramAxis', 'histogramMode']);
// What an address may say of these.
const CHOICES = { histogramAxis: ['step', 'relative', 'wall'], histogramMode: ['offset', 'overlay'] };
const MOST_SMOOTHING = 0.999;

export class Options {
  // The step that all cards show while "link by step" is on: {from, to}, or null.
  linked = null;
  #board;
  #callbacks = new Set();
  #stop;
  #before = {};

  constructor(board) {
    this.#board = board;
    this.#stop = board.view.onChange(() => {
      for (const key of IN_ADDRESS) {
        if (this.get(key) !== this.#before[key]) this.#changed(key);
      }
    });
  }

  destroy() {
    this.#stop();
    this.#callbacks.clear();
  }

  onChange(callback) {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  #changed(key) {
    this.#before[key] = this.get(key);
    for (const callback of [...this.#callbacks]) callback(key);
  }

  get(key) {
    const text = (IN_ADDRESS.has(key) ? this.#board.view.get(key) : undefined) ?? this.#board.settings.get(`cards.${key}`);
    const otherwise = DEFAULTS[key];
    if (text === undefined || text === null) return otherwise;
    if (typeof otherwise === 'boolean') return text === 'true';
    if (CHOICES[key] && !CHOICES[key].includes(text)) return otherwise;
    if (typeof otherwise === 'string') return text;
    const number = Number(text);
    if (!Number.isFinite(number)) return otherwise;
    return key === 'smoothing' ? Math.min(MOST_SMOOTHING, Math.max(0, number)) : number;
  }

  set(key, value) {
    this.#board.settings.set(`cards.${key}`, value);
    if (IN_ADDRESS.has(key)) this.#board.view.set(key, String(value));
    this.#changed(key);
  }

  link(range) {
    this.linked = range;
    this.#changed('linked');
  }
}

// Called at most once a frame, with the last of many changes.
export function onceAFrame(callback) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      callback();
    });
  };
}
