// What stands at the axes of a chart. The horizontal one is of steps, of relative times in seconds, of wall times, or plain numbers.
import * as format from './format.js';

const ROUND_VALUES = 5;
const FEW_POWERS = 6;
const MOST_POWERS = 12;
const TIME_STEPS = [1e-6, 1e-5, 1e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800,
  21600, 43200, 86400, 172800, 432000, 864000, 8640000];

// A place on the horizontal axis in words.
export function sayPlace(axis, value) {
  if (axis === 'wall') return format.dateTime(value);
  if (axis === 'relative') return format.duration(value);
  return axis === 'plain' ? format.number(value) : format.step(value);
}

// Some places, so that they read differently.
export function sayPlaces(axis, values) {
  if (axis === 'relative') return format.durations(values);
  return axis === 'plain' ? format.ticks(values) : values.map((value) => sayPlace(axis, value));
}

// The part of uPlot's options of an axis that says where the labels are and how they read; wall times uPlot knows itself.
export function horizontalLabels(axis) {
  if (axis === 'wall') return {};
  if (axis === 'relative') return { values: (plot, splits) => format.durations(splits), incrs: TIME_STEPS };
  if (axis === 'plain') return { values: (plot, splits) => format.ticks(splits) };
  return { values: (plot, splits) => stepLabels(splits) };
}

// A logarithmic axis says the powers of ten only, if it has two of them.
export function verticalLabels(splits, log) {
  if (!log) return format.ticks(splits);
  const given = splits.filter((value) => value !== null);
  const powers = given.filter(isPower);
  const labelled = powers.length < 2 ? given : powers;
  const texts = new Map(format.ticks(labelled).map((text, i) => [labelled[i], text]));
  return splits.map((value) => texts.get(value) ?? '');
}

// Where a logarithmic axis has lines. One that shows less than a power of ten is nearly an even one.
export function logarithmicSplits(min, max) {
  if (max / min < 10) return roundValues(min, max).filter((value) => value > 0);
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const every = Math.ceil((last - first) / MOST_POWERS);
  const factors = last - first > FEW_POWERS ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const splits = [];
  for (let exponent = first; exponent <= last; exponent += every) {
    for (const factor of factors) splits.push(Number(`${factor}e${exponent}`));
  }
  return splits.filter((value) => value >= min && value <= max);
}

// About five round numbers from min to max.
export function roundValues(min, max) {
  const rough = (max - min) / ROUND_VALUES;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const values = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max + step * 1e-9; i++) values.push(Number((i * step).toPrecision(12)));
  return values;
}

function isPower(value) {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}

// 1,500 and 1.5M, or all digits where that would not tell them apart.
export function stepLabels(splits) {
  const whole = splits.map((value) => (Number.isInteger(value) ? value : null));
  const short = whole.map((value) => (value === null ? '' : compact(value)));
  const isExact = whole.every((value) => value === null || Math.abs(value) < 1e6 || Number((value / 1e6).toPrecision(4)) * 1e6 === value);
  return isExact ? short : whole.map((value) => (value === null ? '' : format.step(value)));
}

function compact(value) {
  return Math.abs(value) >= 1e6 ? `${format.number(value / 1e6)}M` : format.step(value);
}
