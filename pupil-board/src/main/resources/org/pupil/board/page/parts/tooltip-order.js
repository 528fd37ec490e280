// Which point of each line the pointer means, and in which order they are said.
import { nearestIndex } from './columns.js';
import { compareNaturally } from './natural-order.js';

export const ORDERS = {
  nearest: 'nearest to the pointer',
  'nearest-y': 'nearest in height',
  default: 'alphabetical',
  ascending: 'smallest first',
  descending: 'largest first',
};

// Of each line the point that is nearest in x, with its distances in pixels: [{ line, index, dx, dy, distance }].
// `place` turns a value into pixels: {x(value), y(value)}.
export function pointsAt(lines, pointer, place) {
  const points = [];
  for (const line of lines) {
    const index = nearestIndex(line.xs, pointer.value);
    if (index < 0) continue;
    const dx = place.x(line.xs[index]) - pointer.x;
    const dy = Number.isFinite(line.ys[index]) ? place.y(line.ys[index]) - pointer.y : Infinity;
    points.push({ line, index, dx, dy, distance: Math.hypot(dx, dy) });
  }
  return points;
}

export function sortPoints(points, order) {
  const value = ({ line, index }) => line.ys[index];
  const byName = (a, b) => compareNaturally(a.line.key, b.line.key);
  const compare = {
    nearest: (a, b) => a.distance - b.distance,
    'nearest-y': (a, b) => Math.abs(a.dy) - Math.abs(b.dy),
    ascending: (a, b) => value(a) - value(b),
    descending: (a, b) => value(b) - value(a),
  }[order] ?? byName;
  // What cannot be compared (NaN) goes last.
  return [...points].sort((a, b) => {
    const result = compare(a, b);
    return Number.isNaN(result) ? Number(Number.isNaN(value(a))) - Number(Number.isNaN(value(b))) || byName(a, b) : result || byName(a, b);
  });
}

export function nearestOf(points) {
  return points.reduce((best, point) => (best === null || point.distance < best.distance ? point : best), null);
}
