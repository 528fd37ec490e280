import assert from 'node:assert/strict';
import test from 'node:test';
import { drawn, GAP, lowerBound, nearestIndex } from '../../main/resources/org/pupil/board/page/parts/columns.js';

const count = 100_000;
const xs = Float64Array.from({ length: count }, (_, i) => i);
const ys = Float32Array.from({ length: count }, (_, i) => Math.sin(i / 500));
ys[77_777] = 50;
ys[33_333] = -50;

test('of many points few are drawn, the peaks among them', () => {
  const indices = drawn(xs, ys, 0, count - 1, 600);
  assert.ok(indices.length <= 4 * 601, `${indices.length} points`);
  assert.ok(indices.includes(77_777));
  assert.ok(indices.includes(33_333));
  assert.equal(indices[0], 0);
  assert.equal(indices.at(-1), count - 1);
  assert.deepEqual(indices, [...indices].sort((a, b) => a - b));
});

test('of a small part all points are drawn, and one beyond each end', () => {
  assert.deepEqual(drawn(xs, ys, 100.5, 103.5, 600), [100, 101, 102, 103, 104]);
});

test('a value that is not finite is a gap, however many points there are', () => {
  assert.deepEqual(drawn([0, 1, 2], [5, NaN, 6], 0, 2, 100), [0, GAP, 2]);
  const holed = Float32Array.from(ys);
  holed[50_000] = NaN;
  const indices = drawn(xs, holed, 0, count - 1, 600);
  assert.equal(indices.filter((index) => index === GAP).length, 1);
  assert.ok(!indices.includes(50_000));
  assert.equal(indices[indices.indexOf(GAP) - 1], 49_999);
  assert.equal(indices[indices.indexOf(GAP) + 1], 50_001);
});

test('times that go back are drawn too', () => {
  assert.deepEqual(drawn([5, 1, 9], [1, 2, 3], 0, 10, 100), [0, 1, 2]);
});

test('the nearest point is found in any order', () => {
  assert.equal(nearestIndex([0, 10, 20], 14), 1);
  assert.equal(nearestIndex([0, 10, 20], 16), 2);
  assert.equal(nearestIndex([0, 10, 20], -7), 0);
  assert.equal(nearestIndex([0, 10, 20], 99), 2);
  assert.equal(nearestIndex([20, 0, 10], 1), 1);
  assert.equal(nearestIndex([], 1), -1);
  assert.equal(lowerBound([1, 2, 2, 3], 2), 1);
});
