import assert from 'node:assert/strict';
import test from 'node:test';
import { extent, extentWithoutOutliers, fitLinear, fitLog, fromFraction, toFraction } from '../../main/resources/org/pupil/board/page/parts/chart-domain.js';

test('only finite values count', () => {
  assert.deepEqual(extent([[NaN, 2, Infinity], [-3, -Infinity]]), [-3, 2]);
  assert.equal(extent([[NaN], []]), null);
});

test('outliers are below the 5th and above the 95th percentile', () => {
  const values = Float32Array.from({ length: 101 }, (_, i) => (i === 100 ? 1e6 : i));
  assert.deepEqual(extentWithoutOutliers([values]), [5, 95]);
});

test('there is room at both ends, up to a round number', () => {
  const [low, high] = fitLinear([0.02, 0.98]);
  assert.ok(low <= 0.02 - 0.048 && low > -0.3, `low ${low}`);
  assert.ok(high >= 0.98 + 0.048 && high < 1.3, `high ${high}`);
  assert.equal(Math.round(high * 10) / 10, Number(high.toFixed(10)));
});

test('a flat line stands in the middle', () => {
  assert.deepEqual(fitLinear([3, 3]), [0, 6]);
  assert.deepEqual(fitLinear([-3, -3]), [-6, 0]);
  assert.deepEqual(fitLinear([0, 0]), [-1, 1]);
});

test('a logarithmic axis goes from half of the smallest to twice the largest positive value', () => {
  assert.deepEqual(fitLog([Float32Array.of(-1, 0, 4, 100)], false), [2, 200]);
  assert.ok(fitLog([Float32Array.of(-1, 0)], false)[0] > 0);
});

test('what is not positive stands at the lower edge of a logarithmic axis', () => {
  assert.equal(toFraction(0, [1, 100], true), 0);
  assert.equal(toFraction(-5, [1, 100], true), 0);
  assert.ok(Math.abs(toFraction(10, [1, 100], true) - 0.5) < 1e-12);
});

test('places and values turn into each other', () => {
  for (const log of [false, true]) {
    assert.ok(Math.abs(fromFraction(toFraction(7, [2, 90], log), [2, 90], log) - 7) < 1e-9);
  }
});

test('an accuracy that is soon 1 is shown from its beginning', () => {
  const values = Array.from({ length: 400 }, (_, i) => 1 - 0.5 * 0.5 ** i);
  assert.deepEqual(extentWithoutOutliers([values]), [0.5, 1]);
});
