// Where a column's values stand on an axis: places are fractions from 0 to 1. Text and yes/no have a place for each value;
// numbers are spread evenly (linear), by their powers of ten (log), or by their rank among all values (quantile).
import { roundValues } from '../../page/parts/chart-axes.js';
import { lowerBound } from '../../page/parts/columns.js';
import * as format from '../../page/parts/format.js';
import { distinctValues } from './trials.js';
import { say } from './values.js';

export const SCALES = ['linear', 'log', 'quantile'];

const TICKS = 5;

// A mark that comes so near to an end of the axis is meant to reach it.
const AT_THE_END = 0.015;

// { place(value) -> fraction or null, valueAt(fraction), ticks: [{ place, value, text }], isDiscrete, between(from, to) -> constraint }
export function axisOf(column, trials, scale = 'linear') {
  if (column.type !== 'number') return discreteAxis(column, distinctValues(column, trials));
  const values = trials.map((trial) => trial.values.get(column.key)).filter(Number.isFinite).sort((a, b) => a - b);
  if (scale === 'log') {
    const positive = values.filter((value) => value > 0);
    if (positive.length > 0) return logAxis(column, positive);
  }
  return scale === 'quantile' ? quantileAxis(column, values) : linearAxis(column, values);
}

function discreteAxis(column, values) {
  const placeOf = new Map(values.map((value, i) => [value, (i + 0.5) / values.length]));
  const place = (value) => placeOf.get(value) ?? null;
  return {
    isDiscrete: true,
    place,
    valueAt: (fraction) => values[Math.max(0, Math.min(values.length - 1, Math.floor(fraction * values.length)))],
    ticks: labelled(values, place),
    between: (from, to) => ({ key: column.key, oneOf: values.filter((value) => place(value) >= from && place(value) <= to) }),
  };
}

function labelled(values, place) {
  const texts = values.every(Number.isFinite) ? format.ticks(values) : values.map(say);
  return values.map((value, i) => ({ place: place(value), value, text: texts[i] }));
}

function continuousAxis(column, place, valueAt, tickValues) {
  return {
    isDiscrete: false,
    place: (value) => (Number.isFinite(value) ? place(value) : null),
    valueAt,
    ticks: labelled(tickValues, place).filter((tick) => tick.place !== null && tick.place > -1e-9 && tick.place < 1 + 1e-9),
    between: (from, to) => ({ key: column.key, min: from <= AT_THE_END ? null : valueAt(from), max: to >= 1 - AT_THE_END ? null : valueAt(to) }),
  };
}

function linearAxis(column, values) {
  const [min, max] = ends(values);
  const place = (value) => (max > min ? (value - min) / (max - min) : 0.5);
  return continuousAxis(column, place, (fraction) => min + fraction * (max - min), few(values) ?? roundValues(min, max));
}

function logAxis(column, values) {
  const [min, max] = ends(values).map(Math.log10);
  const place = (value) => (value <= 0 ? null : max > min ? (Math.log10(value) - min) / (max - min) : 0.5);
  const powers = [];
  for (let exponent = Math.ceil(min - 1e-9); exponent <= max + 1e-9; exponent++) powers.push(10 ** exponent);
  // Where it shows less than a power of ten it is nearly an even axis.
  const ticks = powers.length >= 2 ? powers : max > min ? roundValues(10 ** min, 10 ** max) : [10 ** min];
  return continuousAxis(column, place, (fraction) => 10 ** (min + fraction * (max - min)), few(values) ?? everyFew(ticks));
}

function quantileAxis(column, values) {
  const distinct = [...new Set(values)];
  const last = distinct.length - 1;
  const place = (value) => {
    if (last < 1) return 0.5;
    const above = lowerBound(distinct, value);
    if (above === 0) return 0;
    if (above > last) return 1;
    const below = above - 1;
    return (below + (value - distinct[below]) / (distinct[above] - distinct[below])) / last;
  };
  const valueAt = (fraction) => {
    if (last < 1) return distinct[0] ?? 0;
    const at = Math.max(0, Math.min(last, fraction * last));
    const below = Math.min(last - 1, Math.floor(at));
    return distinct[below] + (at - below) * (distinct[below + 1] - distinct[below]);
  };
  const ticks = last < 1 ? distinct : [0, 0.25, 0.5, 0.75, 1].map(valueAt);
  return continuousAxis(column, place, valueAt, ticks);
}

// The values themselves, if they are only some, such as 16, 32 and 64.
function few(values) {
  const distinct = [...new Set(values)];
  return distinct.length <= TICKS ? distinct : null;
}

function ends(values) {
  return values.length === 0 ? [0, 0] : [values[0], values[values.length - 1]];
}

function everyFew(values) {
  const every = Math.ceil(values.length / (TICKS + 2));
  return values.filter((value, i) => i % every === 0);
}

// The ticks whose texts do not lie over each other, from the first one on: values such as 0.0001, 0.001 and 0.1 stand close.
// room: pixels from place 0 to place 1; needed(one, next): pixels between their middles.
export function apart(ticks, room, needed) {
  const kept = [];
  for (const tick of ticks) {
    const before = kept.at(-1);
    if (before === undefined || (tick.place - before.place) * room >= needed(before, tick)) kept.push(tick);
  }
  return kept;
}

// The part of an axis that a constraint takes, as fractions; null if it has none.
export function stretchOf({ oneOf, min, max }, axis) {
  if (oneOf) {
    const places = oneOf.map((value) => axis.place(value)).filter((place) => place !== null);
    if (places.length === 0) return null;
    const half = 0.4 / Math.max(1, axis.ticks.length);
    return [Math.min(...places) - half, Math.max(...places) + half];
  }
  const end = (value, otherwise) => Math.max(0, Math.min(1, (value === null || value === undefined ? otherwise : axis.place(value)) ?? otherwise));
  return [end(min, 0), end(max, 1)];
}

// How far a point is from the line between two others.
export function distanceToSegment(x, y, [x1, y1], [x2, y2]) {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
}
