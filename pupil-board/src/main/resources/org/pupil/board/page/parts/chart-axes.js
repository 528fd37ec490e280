// What stands at the axes of a chart. The horizontal one is of steps, of relative times in seconds, of wall times, or plain numbers.
import * as format from './format.js';

const TIME_STEPS = [1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800,
  21600, 43200, 86400, 172800, 432000, 864000, 8640000];

// A place on the horizontal axis in words.
export function sayPlace(axis, value) {
  if (axis === 'wall') return format.dateTime(value);
  if (axis === 'relative') return format.duration(value);
  return axis === 'plain' ? format.number(value) : format.step(value);
}

// The part of uPlot's options of an axis that says where the labels are and how they read; wall times uPlot knows itself.
export function horizontalLabels(axis) {
  if (axis === 'wall') return {};
  if (axis === 'relative') return { values: (plot, splits) => splits.map(format.duration), incrs: TIME_STEPS };
  if (axis === 'plain') return { values: (plot, splits) => splits.map(format.number) };
  return { values: (plot, splits) => splits.map((value) => (Number.isInteger(value) ? compact(value) : '')) };
}

// A logarithmic axis says the powers of ten only, if it has two of them.
export function verticalLabels(splits, log) {
  if (!log) return splits.map(format.number);
  const powers = splits.filter((value) => value !== null && isPower(value));
  return splits.map((value) => (value !== null && (powers.length < 2 || isPower(value)) ? format.number(value) : ''));
}

function isPower(value) {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}

// 1,500 and 1.5M.
function compact(value) {
  return Math.abs(value) >= 1e6 ? `${format.number(value / 1e6)}M` : format.step(value);
}
