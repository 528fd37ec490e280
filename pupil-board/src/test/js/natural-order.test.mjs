import assert from 'node:assert/strict';
import test from 'node:test';
import { compareNaturally } from '../../main/resources/org/pupil/board/page/parts/natural-order.js';
import { grouped, groupName } from '../../main/resources/org/pupil/board/page/parts/tag-groups.js';

const sorted = (...tags) => [...tags].sort(compareNaturally);

test('numbers are compared as numbers', () => {
  assert.deepEqual(sorted('layer10', 'layer2', 'layer1'), ['layer1', 'layer2', 'layer10']);
  assert.deepEqual(sorted('lr=0.5', 'lr=0.25', 'lr=10'), ['lr=0.25', 'lr=0.5', 'lr=10']);
});

test('a slash comes before all else', () => assert.deepEqual(sorted('a-b', 'a/b', 'a1', 'a'), ['a', 'a/b', 'a1', 'a-b']));

test('equal numbers that are written in two ways have an order', () => assert.notEqual(compareNaturally('a01', 'a1'), 0));

test('groups are named after what stands before the first slash', () => {
  assert.equal(groupName('loss/train/x'), 'loss');
  assert.equal(groupName('accuracy'), 'accuracy');
  assert.equal(groupName('/odd/x'), '/odd');
});

test('cards of a group stand by tag, then by run, then by sample', () => {
  const spec = (tag, run, sample) => ({ tag, kind: 'images', run, sample });
  const groups = grouped([spec('b/10', 'r'), spec('b/2', 'r10'), spec('b/2', 'r2', 1), spec('b/2', 'r2', 0), spec('a', 'z')]);
  assert.deepEqual(groups.map(({ name }) => name), ['a', 'b']);
  assert.deepEqual(groups[1].specs.map(({ tag, run, sample }) => `${tag} ${run} ${sample ?? ''}`), ['b/2 r2 0', 'b/2 r2 1', 'b/2 r10 ', 'b/10 r ']);
});
