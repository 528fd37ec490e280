// The three axes of time: step, seconds since the first point, time of the day.
import { number } from '../parts/format.js';

export function timeOf(point, axis, first) {
  if (axis === 'step') return point.step;
  return axis === 'relative' ? point.wallTime - first.wallTime : point.wallTime * 1000;
}

export function timeScale(axis, domain, range) {
  const [from, to] = domain[0] === domain[1] ? [domain[0] - 0.5, domain[1] + 0.5] : domain;
  return (axis === 'wall' ? d3.scaleTime() : d3.scaleLinear()).domain([from, to]).range(range);
}

export function timeFormat(axis) {
  if (axis === 'wall') return (date) => new Date(date).toLocaleTimeString();
  if (axis === 'relative') return durationText;
  return (step) => Number(step).toLocaleString();
}

// One unit only: an axis has little room.
export function durationText(seconds) {
  if (seconds < 60) return `${number(seconds)} s`;
  if (seconds < 3600) return `${number(seconds / 60)} min`;
  return seconds < 86400 ? `${number(seconds / 3600)} h` : `${number(seconds / 86400)} d`;
}
