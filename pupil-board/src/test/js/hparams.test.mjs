import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colourOf, unitScale } from '../../main/resources/org/pupil/board/page/hparams/scales.js';
import { columnsOf, compareValues, distinctValues, downloadRequest, filtered, firstVisible, sorted, trialOf, valueText } from '../../main/resources/org/pupil/board/page/hparams/trials.js';

const EXPERIMENT = {
  hparamInfos: [
    { name: 'seed', type: 'DATA_TYPE_FLOAT64', displayName: '', differs: false },
    { name: 'rate', type: 'DATA_TYPE_FLOAT64', displayName: 'Rate', differs: true },
    { name: 'optimizer', type: 'DATA_TYPE_STRING', displayName: '', differs: true },
  ],
  metricInfos: [{ name: { group: 'validation', tag: 'accuracy' } }, { name: { group: '', tag: 'loss' } }],
};

function trial(name, rate, optimizer, accuracy, status = 'STATUS_SUCCESS') {
  const metricValues = accuracy === undefined ? [] : [{ name: { group: 'validation', tag: 'accuracy' }, value: accuracy }];
  return trialOf({ name, hparams: { rate, optimizer }, metricValues, sessions: [{ name: `runs/${name}`, status }] });
}

const ACCURACY = 'm:validation\naccuracy';
const TRIALS = [trial('t10', 0.1, 'adam', 0.9), trial('t2', 0.01, 'gd', 0.7, 'STATUS_FAILURE'), trial('t3', 0.5, 'gd', undefined), trial('t4', 0.001, 'auto', 'NaN')];
const ALL = new Set(['STATUS_SUCCESS', 'STATUS_FAILURE']);
const names = (trials) => trials.map((one) => one.name);

test('settings that differ come first, then the others, then results', () => {
  assert.deepEqual(columnsOf(EXPERIMENT).map((column) => column.title), ['Rate', 'optimizer', 'seed', 'validation/accuracy', 'loss']);
  assert.equal(firstVisible(columnsOf({ hparamInfos: Array.from({ length: 9 }, (_, i) => ({ name: `h${i}` })), metricInfos: EXPERIMENT.metricInfos })).size, 7);
});

test('filters by values, by a range, by an expression and by status', () => {
  assert.deepEqual(names(filtered(TRIALS, new Map([['h:optimizer', { values: new Set(['gd', 'auto']) }]]), ALL)), ['t2', 't3', 't4']);
  assert.deepEqual(names(filtered(TRIALS, new Map([['h:rate', { low: 0.01, high: 0.1 }]]), ALL)), ['t10', 't2']);
  assert.deepEqual(names(filtered(TRIALS, new Map([[ACCURACY, { low: 0 }]]), ALL)), ['t10', 't2']);
  assert.deepEqual(names(filtered(TRIALS, new Map([['h:optimizer', { pattern: '^a' }]]), ALL)), ['t10', 't4']);
  assert.deepEqual(names(filtered(TRIALS, new Map([['h:optimizer', { pattern: '(' }]]), ALL)), []);
  assert.deepEqual(names(filtered(TRIALS, new Map(), new Set(['STATUS_FAILURE']))), ['t2']);
});

test('sorted by one column; what has no value comes last', () => {
  assert.deepEqual(names(sorted(TRIALS, { id: ACCURACY, descending: true })), ['t4', 't10', 't2', 't3']);
  assert.deepEqual(names(sorted(TRIALS, { id: ACCURACY, descending: false })), ['t2', 't10', 't4', 't3']);
  assert.deepEqual(names(sorted(TRIALS)), ['t2', 't3', 't4', 't10']);
});

test('distinct values stand in order', () => {
  assert.deepEqual(distinctValues(TRIALS, 'h:optimizer'), ['adam', 'auto', 'gd']);
  assert.deepEqual(['b10', 'b9'].sort(compareValues), ['b9', 'b10']);
});

test('the file is asked for with the same filters and order', () => {
  const columns = columnsOf(EXPERIMENT).filter((column) => column.name !== 'seed');
  const request = downloadRequest(columns, new Map([['h:rate', { low: 0.01 }], ['h:optimizer', { values: new Set(['gd']) }]]), ALL, { id: 'm:\nloss', descending: true });
  assert.deepEqual(request, {
    experimentName: '', allowedStatuses: ['STATUS_SUCCESS', 'STATUS_FAILURE'], startIndex: 0, sliceSize: 5000,
    colParams: [
      { metric: { group: '', tag: 'loss' }, order: 'ORDER_DESC' },
      { hparam: 'rate', filterInterval: { minValue: 0.01, maxValue: 'Infinity' }, excludeMissingValues: true },
      { hparam: 'optimizer', filterDiscrete: ['gd'], excludeMissingValues: true },
      { metric: { group: 'validation', tag: 'accuracy' } },
    ],
  });
});

test('scales: linear, logarithmic, by rank, by text', () => {
  const column = { isNumber: true };
  const values = [1, 10, 100, 1000, undefined, NaN];
  assert.equal(unitScale(column, values, 'linear').at(1000), 1);
  assert.ok(Math.abs(unitScale(column, values, 'linear').at(100) - 99 / 999) < 1e-12);
  assert.ok(Math.abs(unitScale(column, values, 'log').at(100) - 2 / 3) < 1e-12);
  assert.equal(unitScale(column, values, 'log').at(0), undefined);
  assert.ok(Math.abs(unitScale(column, values, 'quantile').at(10) - 1 / 3) < 1e-12);
  assert.ok(Math.abs(unitScale(column, values, 'quantile').at(55) - 0.5) < 1e-12);
  assert.equal(unitScale(column, values).at(NaN), undefined);
  assert.equal(unitScale(column, [0, 5], 'log').kind, 'linear');
  assert.equal(unitScale(column, [7, 7]).at(7), 0.5);
  const text = unitScale({ isNumber: false }, ['c', 'a', 'b', 'a']);
  assert.deepEqual(text.ticks, [{ at: 0, value: 'a' }, { at: 0.5, value: 'b' }, { at: 1, value: 'c' }]);
});

test('colours go from blue to red', () => {
  const scale = unitScale({ isNumber: true }, [0, 1]);
  assert.equal(colourOf(scale, 0), 'rgb(45,120,235)');
  assert.equal(colourOf(scale, 1), 'rgb(224,52,68)');
  assert.equal(colourOf(scale, undefined), 'var(--ink-soft)');
});

test('values for people', () => {
  assert.deepEqual([0.123456789, 1e-7, 128, true, undefined, 'gd', 2e12].map(valueText), ['0.12346', '1.000e-7', '128', 'true', '', 'gd', '2.000e+12']);
});
