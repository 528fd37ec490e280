import assert from 'node:assert/strict';
import test from 'node:test';
import { atStep, between } from '../../main/resources/org/pupil/board/plugins/scalars/step-statistics.js';

const series = { steps: [0, 10, 20, 30, 40], times: [5, 6, 8, 11, 15], values: [4, NaN, 1, 9, 2] };

test('the point nearest to a step', () => {
  assert.deepEqual(atStep(series, [4, NaN, 2, 3, 2.5], 27), { step: 30, value: 9, smoothed: 3, time: 11, relative: 6 });
  assert.equal(atStep({ steps: [], times: [], values: [] }, [], 0), null);
});

test('a range counts its ends and leaves out what is not finite', () => {
  assert.deepEqual(between(series, 0, 30), {
    min: 1, max: 9, stepAtMin: 20, stepAtMax: 30, startValue: 4, endValue: 9, startStep: 0, endStep: 30, change: 5, changePart: 1.25, mean: 14 / 3,
  });
  assert.equal(between(series, 5, 15), null);
});
