import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headAndTail } from '../../main/resources/org/pupil/board/page/long-name.js';

test('a short name is whole', () => {
  assert.deepEqual(headAndTail('validation'), ['validation']);
});

test('a long name keeps its end, from the beginning of a word on', () => {
  assert.deepEqual(headAndTail('sweep-00/lr=0.1,opt=adam,trial 003'), ['sweep-00/lr=0.1,opt=adam', ',trial 003']);
  assert.deepEqual(headAndTail('experiments/2024-01-31/validation'), ['experiments/2024-01', '-31/validation']);
});

test('a long name without words keeps some letters of its end, none of them halved', () => {
  const [head, tail] = headAndTail(`${'a'.repeat(30)}${'𝒜'.repeat(20)}`);
  assert.equal(head + tail, `${'a'.repeat(30)}${'𝒜'.repeat(20)}`);
  assert.deepEqual([...tail].length, 14);
  assert.deepEqual(headAndTail('x'.repeat(21)), ['x'.repeat(7), 'x'.repeat(14)]);
});
