import assert from 'node:assert/strict';
import test from 'node:test';
import { readHash } from '../../main/resources/org/pupil/board/page/store.js';

test('the address has a tab and choices', () => {
  const [tab, values] = readHash('#pr%20curves&run=a%26b&x=1');
  assert.equal(tab, 'pr curves');
  assert.equal(values.get('run'), 'a&b');
  assert.equal(values.get('x'), '1');
});

test('an address that is cut within a character still opens the page', () => {
  const [tab, values] = readHash('#%E0%A4&run=%E0%A4');
  assert.equal(tab, '%E0%A4');
  assert.equal(values.get('run'), '\ufffd');
  assert.deepEqual([...readHash('')[1]], []);
});
