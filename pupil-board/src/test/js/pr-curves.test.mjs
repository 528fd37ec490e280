import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayPointCount } from '../../main/resources/org/pupil/board/page/parts/point-count.js';
import { averagePrecision, curveAt, curvesOf, nearestThreshold, stepsOf } from '../../main/resources/org/pupil/board/plugins/prcurves/pr-curves.js';

test('the slider has every step at which some run has a curve', () => {
  const curves = new Map([
    ['train', [{ step: 0, wall_time: 5 }, { step: 10, wall_time: 6 }]],
    ['validation', [{ step: 10, wall_time: 9 }, { step: 25, wall_time: 7 }]],
  ]);
  assert.deepEqual(stepsOf(curves), [{ step: 0, time: 5 }, { step: 10, time: 9 }, { step: 25, time: 7 }]);
  assert.deepEqual(stepsOf(new Map()), []);
});

test('a run shows its newest curve that is not after the step', () => {
  const curves = [{ step: 5 }, { step: 20 }, { step: 40 }];
  assert.equal(curveAt(curves, 20).step, 20);
  assert.equal(curveAt(curves, 39).step, 20);
  assert.equal(curveAt(curves, 1000).step, 40);
  assert.equal(curveAt(curves, 4), null);
});

test('the nearest threshold', () => {
  assert.equal(nearestThreshold({ thresholds: [0, 0.25, 0.5, 0.75] }, 0.6), 2);
  assert.equal(nearestThreshold({ thresholds: [0, 0.25] }, 1), 1);
});

test('average precision of four photos that are ranked right, wrong, right, wrong is 5/6', () => {
  // Thresholds between the scores, the lowest first: all four, three, two, one taken as right.
  const curve = { precision: [2 / 4, 2 / 3, 1 / 2, 1], recall: [1, 1, 0.5, 0.5] };
  assert.ok(Math.abs(averagePrecision(curve) - 5 / 6) < 1e-12);
});

test('a classifier without a fault has the average precision 1', () => {
  assert.equal(averagePrecision({ precision: [0.4, 1, 1], recall: [1, 1, 0.3] }), 1);
  assert.equal(averagePrecision({ precision: [], recall: [] }), 0);
});

test('the page says how many points it shows only when there are more', () => {
  assert.equal(sayPointCount('100/4000', 'texts'), 'Showing 100 of 4,000 texts.');
  assert.equal(sayPointCount('7/7', 'texts'), '');
  assert.equal(sayPointCount('300/300', 'steps', 120), 'Showing 120 of 300 steps.');
  assert.equal(sayPointCount(null, 'texts'), '');
});

test('curves of many runs are asked for in addresses that a server takes, each run once', async () => {
  const runs = Array.from({ length: 200 }, (_, i) => `sweep/learning rate=0.01, optimizer=adam, trial ${i}`);
  const asked = [];
  const api = {
    url: (path, params) => `${path}?${new URLSearchParams(Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one])))}`,
    response: async (path, params) => {
      asked.push(api.url(path, params));
      return { json: async () => Object.fromEntries(params.run.map((run) => [run, [{ step: 7 }]])), headers: new Map([['X-Pupil-Points', `${params.run.length}/${3 * params.run.length}`]]) };
    },
  };
  const { curves, count } = await curvesOf(api, 'a tag', runs);
  assert.deepEqual(Object.keys(curves), runs);
  assert.equal(count, '200/600');
  assert.ok(asked.length > 1);
  assert.ok(asked.every((address) => address.length < 6000 && address.includes('tag=a+tag')));
  assert.deepEqual(await curvesOf(api, 'a tag', []), { curves: {}, count: '0/0' });
});
