// What a person has chosen on this page. It stands in the address, so that a view can be shared.
import { isNarrowing } from './constraints.js';

const ADDRESS_KEY = 'hparams';
export const VIEWS = { table: 'Table', parallel: 'Parallel coordinates', scatter: 'Scatter matrix' };
export const STATUSES = {
  STATUS_SUCCESS: 'finished',
  STATUS_RUNNING: 'running',
  STATUS_FAILURE: 'failed',
  STATUS_UNKNOWN: 'not known',
};

const NOTHING_CHOSEN = {
  view: 'table',
  shown: null,
  order: [],
  statuses: Object.keys(STATUSES),
  filters: [],
  brushes: [],
  sort: null,
  colour: null,
  scales: {},
};

export class Choices {
  #view;
  #chosen;
  #callbacks = new Set();

  constructor(view) {
    this.#view = view;
    this.read();
  }

  // From the address.
  read() {
    this.#chosen = { ...NOTHING_CHOSEN, ...usable(this.#view.get(ADDRESS_KEY, '{}')) };
  }

  onChange(callback) {
    this.#callbacks.add(callback);
  }

  get(key) {
    return this.#chosen[key];
  }

  set(key, value) {
    this.#chosen = { ...this.#chosen, [key]: value };
    const different = Object.entries(this.#chosen).filter(([name, chosen]) => JSON.stringify(chosen) !== JSON.stringify(NOTHING_CHOSEN[name]));
    this.#view.set(ADDRESS_KEY, different.length === 0 ? null : JSON.stringify(Object.fromEntries(different)));
    for (const callback of [...this.#callbacks]) callback(key);
  }

  filter(columnKey) {
    return this.#chosen.filters.find((filter) => filter.key === columnKey) ?? null;
  }

  // One filter a column; one that narrows nothing is none.
  setFilter(columnKey, filter) {
    const others = this.#chosen.filters.filter((other) => other.key !== columnKey);
    this.set('filters', filter && isNarrowing(filter) ? [...others, { key: columnKey, ...filter }] : others);
  }

  scale(columnKey) {
    return this.#chosen.scales[columnKey] ?? 'linear';
  }

  setScale(columnKey, scale) {
    this.set('scales', { ...this.#chosen.scales, [columnKey]: scale });
  }
}

// An address can be written by anybody: what has not the right kind is left out.
export function usable(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    return {};
  }
  if (given === null || typeof given !== 'object') return {};
  const isStrings = (list) => Array.isArray(list) && list.every((one) => typeof one === 'string');
  const isConstraints = (list) => Array.isArray(list) && list.every(isConstraint);
  const kinds = {
    view: (view) => Object.hasOwn(VIEWS, view),
    shown: isStrings,
    order: isStrings,
    statuses: isStrings,
    filters: isConstraints,
    brushes: isConstraints,
    sort: (sort) => typeof sort?.key === 'string',
    colour: (colour) => typeof colour === 'string',
    scales: (scales) => scales !== null && typeof scales === 'object' && isStrings(Object.values(scales)),
  };
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => Object.hasOwn(kinds, key) && kinds[key](value)));
}

function isConstraint(one) {
  if (typeof one?.key !== 'string') return false;
  const isEnd = (end) => end === undefined || end === null || typeof end === 'number';
  if (one.oneOf !== undefined) return Array.isArray(one.oneOf);
  return one.matches !== undefined ? typeof one.matches === 'string' : isEnd(one.min) && isEnd(one.max);
}
