// The three axes of time: step, seconds since the first point, time of the day. And what stands at the ticks of any axis.
import { stepLabels } from './chart-axes.js';
import * as format from './format.js';

export function timeOf(point, axis, first) {
  if (axis === 'step') return point.step;
  return axis === 'relative' ? point.wallTime - first.wallTime : point.wallTime * 1000;
}

export function timeScale(axis, domain, range) {
  const [from, to] = domain[0] === domain[1] ? [domain[0] - 0.5, domain[1] + 0.5] : domain;
  return (axis === 'wall' ? d3.scaleTime() : d3.scaleLinear()).domain([from, to]).range(range);
}

// Of some places of the axis, so that they read differently.
export function timeTexts(axis, values) {
  if (axis === 'wall') return format.times(values.map(Number));
  return axis === 'relative' ? format.durations(values) : stepLabels(values);
}

// One of d3's axes with about so many ticks; `say` makes texts of their values.
export function withTicks(axis, count, say = format.ticks) {
  const values = axis.scale().ticks(count);
  const texts = say(values);
  return axis.tickValues(values).tickFormat((value, i) => texts[i]);
}

// How a readout begins.
export function sayTime(point, time, axis) {
  return `Step ${format.step(point.step)}${axis === 'step' ? '' : `, ${timeTexts(axis, [time])[0]}`}`;
}
