import assert from 'node:assert/strict';
import test from 'node:test';
import { smoothed } from '../../main/resources/org/pupil/board/page/parts/smoothing.js';

const close = (actual, expected) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Object.is(actual[i], value) || Math.abs(actual[i] - value) < 1e-12, `${actual[i]} at ${i} instead of ${value}`));
};

test('the average is debiased: after n values it is divided by 1 - weight^n', () => {
  // 0.4·1 / 0.4; (0.6·0.4·1 + 0.4·2) / (1 - 0.36); (0.6·1.04 + 0.4·6) / (1 - 0.216)
  close(smoothed([1, 2, 6], 0.6), [1, 1.04 / 0.64, 3.024 / 0.784]);
});

test('without a weight the values stay', () => close(smoothed([3, -1, 7], 0), [3, -1, 7]));

test('the first finite value stands as it is', () => close(smoothed([NaN, 5, 9], 0.9).slice(0, 2), [NaN, 5]));

test('NaN and infinities pass through and move nothing', () => {
  const without = smoothed([1, 2, 6], 0.6);
  const through = smoothed([1, NaN, 2, Infinity, -Infinity, 6], 0.6);
  close(through, [without[0], NaN, without[1], Infinity, -Infinity, without[2]]);
});

test('a constant series is left alone', () => {
  assert.deepEqual([...smoothed(new Float32Array([0.1, 0.1, 0.1]), 0.999)], [...new Float32Array([0.1, 0.1, 0.1])].map(Number));
});

test('an empty series stays empty', () => assert.equal(smoothed([], 0.6).length, 0));
