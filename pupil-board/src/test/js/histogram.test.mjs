import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebin, thinned } from '../../main/resources/org/pupil/board/plugins/histograms/rebin.js';
import { timeOf, timeTexts } from '../../main/resources/org/pupil/board/page/parts/time-axis.js';

const at = (step, ...buckets) => ({ step, wallTime: step * 10, buckets });

test('all steps get the same bins, from the smallest to the largest value of any step', () => {
  const { edges, steps } = rebin([at(0, [0, 1, 4]), at(5, [2, 3, 6])], 3);
  assert.deepEqual(edges, [0, 1, 2, 3]);
  assert.deepEqual(steps.map((step) => [...step.counts]), [[4, 0, 0], [0, 0, 6]]);
  assert.deepEqual(steps.map((step) => step.step), [0, 5]);
});

test('a bucket is shared out in proportion', () => {
  const { steps } = rebin([at(0, [0, 3, 12], [3, 4, 1])], 2);
  assert.deepEqual([...steps[0].counts], [8, 5]);
});

test('the sum of the counts stays', () => {
  const buckets = Array.from({ length: 100 }, (_, i) => [-(1.1 ** (100 - i)), -(1.1 ** (99 - i)), (i * 7) % 13]);
  const { steps } = rebin([at(0, ...buckets)]);
  const sum = buckets.reduce((total, [, , count]) => total + count, 0);
  assert.ok(Math.abs(steps[0].counts.reduce((a, b) => a + b) - sum) < 1e-9);
});

test('values that are all the same stand in one bin with room around', () => {
  const { edges, steps } = rebin([at(0, ...Array.from({ length: 30 }, (_, i) => [5, 5, i === 29 ? 100 : 0]))]);
  assert.deepEqual([edges[0], edges.at(-1)], [4.5, 5.5]);
  assert.equal(Math.max(...steps[0].counts), 100);
  assert.equal(steps[0].counts.filter((count) => count > 0).length, 1);
});

test('the last edge belongs to the last bin, and a bucket without width to the bin that begins there', () => {
  const { steps } = rebin([at(0, [0, 0, 1], [2, 2, 3], [4, 4, 5])], 2);
  assert.deepEqual([...steps[0].counts], [1, 8]);
});

test('empty, backward and infinite buckets are passed over', () => {
  assert.equal(rebin([at(0), at(1, [0, 1, 0], ['-Infinity', 1, 3], [3, 2, 5])]), null);
  const { edges } = rebin([at(0, [-1e308, 0, 0], [1, 2, 3])], 2);
  assert.deepEqual(edges, [1, 1.5, 2]);
});

test('the widest range there is makes finite bins', () => {
  const { edges } = rebin([at(0, [-Number.MAX_VALUE, 0, 1], [0, Number.MAX_VALUE, 1])]);
  assert.ok(edges.every(Number.isFinite));
});

test('thinning keeps the first and the last', () => {
  assert.deepEqual(thinned([0, 1, 2, 3, 4, 5, 6], 3), [0, 3, 6]);
  assert.deepEqual(thinned([1, 2], 3), [1, 2]);
});

test('times for people', () => {
  const first = at(2);
  assert.deepEqual(['step', 'relative', 'wall'].map((axis) => timeOf(at(7), axis, first)), [7, 50, 70000]);
  assert.deepEqual(timeTexts('relative', [90]), ['1 min 30 s']);
});
