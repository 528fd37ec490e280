import assert from 'node:assert/strict';
import test from 'node:test';
import { fileName } from '../../main/resources/org/pupil/board/page/parts/download.js';
import * as format from '../../main/resources/org/pupil/board/page/parts/format.js';
import { parsePins } from '../../main/resources/org/pupil/board/page/parts/pins.js';
import { tagExpression } from '../../main/resources/org/pupil/board/page/parts/tag-filter.js';
import { pointsAt, sortPoints } from '../../main/resources/org/pupil/board/page/parts/tooltip-order.js';

test('an address of TensorBoard pins the same cards', () => {
  const text = '[{"plugin":"scalars","tag":"loss"},{"plugin":"images","tag":"photos","runId":"defaultExperimentId/exp/train","sample":2}]';
  assert.deepEqual(parsePins(text), [{ plugin: 'scalars', tag: 'loss' }, { plugin: 'images', tag: 'photos', runId: 'exp/train', sample: 2 }]);
});

test('what is no list of pins pins nothing', () => {
  assert.deepEqual(parsePins('{'), []);
  assert.deepEqual(parsePins('{"plugin":"scalars"}'), []);
  assert.deepEqual(parsePins('[null, 3, {"plugin":"scalars"}, {"plugin":"scalars","tag":7}]'), []);
});

test('the filter of tags ignores case, and knows what is no expression', () => {
  assert.ok(tagExpression('LOSS|acc').test('train/loss'));
  assert.equal(tagExpression('('), null);
});

test('durations have two units', () => {
  assert.equal(format.duration(0.25), '0.25 s');
  assert.equal(format.duration(3599.7), '60 min');
  assert.equal(format.duration(3900), '1 h 5 min');
  assert.equal(format.duration(-90), '−1 min 30 s');
});

test('numbers are short, and steps are not', () => {
  assert.equal(format.number(0.123456), '0.1235');
  assert.equal(format.number(-1e-9), '−1e−9');
  assert.equal(format.number(1.25e12), '1.25e12');
  assert.equal(format.number(NaN), 'NaN');
  assert.equal(format.step(1234567), '1,234,567');
});

test('no run makes a file elsewhere', () => {
  assert.equal(fileName('../a/b:c'), '__a_b_c');
  assert.equal(fileName('..'), '_');
});

test('the tooltip sorts by what the person wants, NaN at the end', () => {
  const lines = [{ key: 'run10', ys: [3] }, { key: 'run2', ys: [NaN] }, { key: 'run1', ys: [7] }].map((line) => ({ ...line, xs: [0] }));
  const points = pointsAt(lines, { x: 0, y: 6, value: 0 }, { x: (x) => x, y: (y) => y });
  const keys = (order) => sortPoints(points, order).map(({ line }) => line.key);
  assert.deepEqual(keys('default'), ['run1', 'run2', 'run10']);
  assert.deepEqual(keys('ascending'), ['run10', 'run1', 'run2']);
  assert.deepEqual(keys('descending'), ['run1', 'run10', 'run2']);
  assert.deepEqual(keys('nearest'), ['run1', 'run10', 'run2']);
});
