import assert from 'node:assert/strict';
import test from 'node:test';
import { readBlocks, ScalarSeries } from '../../main/resources/org/pupil/board/page/parts/scalar-series.js';

// As the server writes it.
function block(points, first, seen, kept, { revision = 0, size = 4 } = {}) {
  const bytes = new DataView(new ArrayBuffer(Math.ceil((32 + (16 + size) * points.length) / 8) * 8));
  bytes.setInt32(0, points.length, true);
  bytes.setInt32(4, first, true);
  bytes.setBigInt64(8, BigInt(seen), true);
  bytes.setInt32(16, kept, true);
  bytes.setInt32(20, size, true);
  bytes.setInt32(24, revision, true);
  points.forEach(([step, time, value], i) => {
    bytes.setFloat64(32 + 8 * i, step, true);
    bytes.setFloat64(32 + 8 * (points.length + i), time, true);
    const at = 32 + 16 * points.length + size * i;
    if (size === 8) bytes.setFloat64(at, value, true);
    else bytes.setFloat32(at, value, true);
  });
  return new Uint8Array(bytes.buffer);
}

function missing() {
  const bytes = new DataView(new ArrayBuffer(32));
  bytes.setInt32(0, -1, true);
  return new Uint8Array(bytes.buffer);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole.buffer;
}

test('blocks of odd sizes and of missing runs are read one after another', () => {
  const answer = joined(block([[0, 10, 1], [5, 12, 2], [7, 13, NaN]], 0, 4000, 3), missing(), block([[1, 2, 3]], 0, 1, 1));
  const [first, second, third] = readBlocks(answer, 3);
  assert.deepEqual([...first.steps], [0, 5, 7]);
  assert.deepEqual([...first.times], [10, 12, 13]);
  assert.deepEqual([...first.values], [1, 2, NaN]);
  assert.equal(first.seen, 4000);
  assert.equal(second, null);
  assert.deepEqual([...third.values], [3]);
});

test('new points are added to those that are there', () => {
  const series = new ScalarSeries();
  assert.equal(series.known, '');
  assert.equal(series.accept(readBlocks(joined(block([[0, 10, 1], [5, 12.25, 2]], 0, 2, 2)), 1)[0]), true);
  assert.equal(series.known, '2:12.25:0');
  const { revision } = series;
  assert.equal(series.accept(readBlocks(joined(block([], 2, 2, 2)), 1)[0]), false);
  assert.equal(series.revision, revision);
  assert.equal(series.accept(readBlocks(joined(block([[9, 20, 3]], 2, 3, 3)), 1)[0]), true);
  assert.deepEqual([...series.steps], [0, 5, 9]);
  assert.deepEqual([...series.xs('relative')], [0, 2.25, 10]);
  assert.equal(series.xs('wall')[2], 20);
});

test('a series that begins again replaces the points', () => {
  const series = new ScalarSeries();
  series.accept(readBlocks(joined(block([[0, 10, 1], [5, 12, 2]], 0, 2, 2)), 1)[0]);
  series.accept(readBlocks(joined(block([[0, 99, 7]], 0, 1, 1)), 1)[0]);
  assert.deepEqual([...series.values], [7]);
  assert.deepEqual([...series.smoothed(0.6)], [7]);
});

test('of a series that was thinned for the page everything has to be asked for', () => {
  const series = new ScalarSeries();
  series.accept(readBlocks(joined(block([[0, 10, 1], [5, 12, 2]], 0, 4000, 4000)), 1)[0]);
  assert.equal(series.known, '');
});

test('values in double precision are read as they are, and make a series of them of one that was small', () => {
  const series = new ScalarSeries();
  series.accept(readBlocks(joined(block([[0, 10, 0.5]], 0, 1, 1)), 1)[0]);
  assert.ok(series.values instanceof Float32Array);
  series.accept(readBlocks(joined(block([[1, 11, 1700000000.123]], 1, 2, 2, { size: 8 })), 1)[0]);
  assert.deepEqual([...series.values], [0.5, 1700000000.123]);
  series.accept(readBlocks(joined(block([[2, 12, 0.1]], 2, 3, 3, { size: 8 })), 1)[0]);
  assert.deepEqual([...series.values], [0.5, 1700000000.123, 0.1]);
  assert.deepEqual([...readBlocks(joined(block([[1, 2, 3.3]], 0, 1, 1, { size: 8 }), missing(), block([[5, 5, 5]], 0, 1, 1)), 3)[2].values], [5]);
});

test('the server hears which edition of the points is here', () => {
  const series = new ScalarSeries();
  series.accept(readBlocks(joined(block([[0, 10, 1]], 0, 1, 1, { revision: 7 })), 1)[0]);
  assert.equal(series.known, '1:10:7');
});
