// Cards that a person put on top: in the address, where others can get them from, and in the browser (scalars only,
// as the other cards belong to runs of one folder).
export const MOST_PINS = 10;

const ADDRESS_KEY = 'pinnedCards';
const SETTINGS_KEY = 'cards.pinned';

// TensorBoard's own addresses name runs with this before them.
const EXPERIMENT = 'defaultExperimentId/';

export class Pins {
  #board;
  #pins;

  constructor(board) {
    this.#board = board;
    this.read();
  }

  read() {
    const text = this.#board.view.get(ADDRESS_KEY) ?? this.#board.settings.get(SETTINGS_KEY) ?? '[]';
    this.#pins = parsePins(text).slice(0, MOST_PINS);
  }

  // In the order in which they were pinned: the first of the specs that each pin means.
  resolve(specs) {
    return this.#pins.map((pin) => specs.find((spec) => pinId(pinOf(spec)) === pinId(pin))).filter((spec) => spec !== undefined);
  }

  has(spec) {
    return this.#pins.some((pin) => pinId(pin) === pinId(pinOf(spec)));
  }

  // Returns false if there are too many already.
  toggle(spec) {
    const id = pinId(pinOf(spec));
    if (this.has(spec)) this.#pins = this.#pins.filter((pin) => pinId(pin) !== id);
    else if (this.#pins.length >= MOST_PINS) return false;
    else this.#pins = [...this.#pins, pinOf(spec)];
    this.#write();
    return true;
  }

  clear() {
    this.#pins = [];
    this.#write();
  }

  #write() {
    this.#board.view.set(ADDRESS_KEY, this.#pins.length > 0 ? JSON.stringify(this.#pins) : '');
    this.#board.settings.set(SETTINGS_KEY, JSON.stringify(this.#pins.filter((pin) => pin.plugin === 'scalars')));
  }
}

function pinOf({ kind, tag, run, sample }) {
  return { plugin: kind, tag, ...(run === undefined ? {} : { runId: run }), ...(sample === undefined ? {} : { sample }) };
}

function pinId(pin) {
  return JSON.stringify([pin.plugin, pin.tag, pin.runId ?? null, pin.sample ?? null]);
}

// What is no list of pins is left out: the address may come from anywhere.
export function parsePins(text) {
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.filter((pin) => typeof pin?.plugin === 'string' && typeof pin?.tag === 'string').map((pin) => ({
    plugin: pin.plugin,
    tag: pin.tag,
    ...(typeof pin.runId === 'string' ? { runId: pin.runId.startsWith(EXPERIMENT) ? pin.runId.slice(EXPERIMENT.length) : pin.runId } : {}),
    ...(Number.isInteger(pin.sample) ? { sample: pin.sample } : {}),
  }));
}
