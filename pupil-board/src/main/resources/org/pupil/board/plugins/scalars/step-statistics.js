// What a series says at a step, or between two steps.
import { lowerBound, nearestIndex } from '../../page/parts/columns.js';

// The point nearest to a step; null for a series without points.
export function atStep(series, smoothed, step) {
  const index = nearestIndex(series.steps, step);
  if (index < 0) return null;
  return {
    step: series.steps[index],
    value: series.values[index],
    smoothed: smoothed[index],
    time: series.times[index],
    relative: series.times[index] - series.times[0],
  };
}

// Of the finite values from one step to another, both included; null if there is none.
export function between(series, from, to) {
  const { steps, values } = series;
  let first = -1;
  let last = -1;
  let low = -1;
  let high = -1;
  let sum = 0;
  let count = 0;
  for (let i = lowerBound(steps, from); i < steps.length && steps[i] <= to; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (first < 0) first = low = high = i;
    if (values[i] < values[low]) low = i;
    if (values[i] > values[high]) high = i;
    last = i;
    sum += values[i];
    count++;
  }
  if (count === 0) return null;
  const change = values[last] - values[first];
  return {
    min: values[low],
    max: values[high],
    stepAtMin: steps[low],
    stepAtMax: steps[high],
    startValue: values[first],
    endValue: values[last],
    startStep: steps[first],
    endStep: steps[last],
    change,
    changePart: change / values[first],
    mean: sum / count,
  };
}
