import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, axisOf, distanceToSegment, stretchOf } from '../../main/resources/org/pupil/board/plugins/hparams/axes.js';
import { roundValues } from '../../main/resources/org/pupil/board/page/parts/chart-axes.js';
import { usable } from '../../main/resources/org/pupil/board/plugins/hparams/choices.js';
import { colouring, mixed } from '../../main/resources/org/pupil/board/plugins/hparams/colours.js';
import { columnParameters, isNarrowing, passes } from '../../main/resources/org/pupil/board/plugins/hparams/constraints.js';
import { columnsOf, distinctValues, metricRun, metricsFirst, shownAtFirst, sorted, trialsOf } from '../../main/resources/org/pupil/board/plugins/hparams/trials.js';
import { Dragging, drawnOf, nearestOf } from '../../main/resources/org/pupil/board/plugins/hparams/trial-plots.js';
import { sayAll, sayBeside } from '../../main/resources/org/pupil/board/plugins/hparams/values.js';

const EXPERIMENT = {
  hparamInfos: [
    { name: 'seed', displayName: '', type: 'DATA_TYPE_FLOAT64', differs: false },
    { name: 'note', displayName: 'Remark', type: 'DATA_TYPE_UNSET', differs: false },
    { name: 'optimizer', displayName: '', type: 'DATA_TYPE_STRING', domainDiscrete: ['sgd', 'adam', 'unused'], differs: false },
    { name: 'augment', displayName: '', type: 'DATA_TYPE_BOOL', differs: true },
  ],
  metricInfos: [{ name: { group: 'validation', tag: 'accuracy' }, displayName: '' }, { name: { group: '', tag: 'loss' }, displayName: 'Loss' }],
};

function group(name, hparams, metrics, status = 'STATUS_SUCCESS') {
  const metricValues = Object.entries(metrics).map(([path, value]) => {
    const at = path.lastIndexOf('/');
    return { name: { group: path.slice(0, Math.max(0, at)), tag: path.slice(at + 1) }, value };
  });
  return { name, hparams, metricValues, sessions: [{ name, status, metricValues }] };
}

const GROUPS = [
  group('t10', { seed: 1, optimizer: 'sgd', augment: true, note: 'warm' }, { 'validation/accuracy': 0.5, loss: 3 }),
  group('t2', { seed: 1, optimizer: 'adam', augment: false }, { 'validation/accuracy': 0.75, loss: 'NaN' }, 'STATUS_FAILURE'),
  group('t1', { seed: 1, optimizer: 'adam', augment: true, note: 'cold' }, { 'validation/accuracy': 0.25 }),
];
const COLUMNS = columnsOf(EXPERIMENT, GROUPS);
const TRIALS = trialsOf(GROUPS, COLUMNS);
const ACCURACY = 'metric:["validation","accuracy"]';
const LOSS = 'metric:["","loss"]';

const names = (trials) => trials.map(({ name }) => name);
const column = (key) => COLUMNS.find((one) => one.key === key);
const numbers = (...values) => values.map((value) => ({ name: `${value}`, values: new Map([['hparam:x', value]]) }));
const X = { key: 'hparam:x', kind: 'hparam', name: 'x', type: 'number', domain: null };

test('hyperparameters that differ come first, whether the server says so or the trials show it', () => {
  assert.deepEqual(COLUMNS.map(({ title }) => title), ['optimizer', 'Remark', 'augment', 'seed', 'validation/accuracy', 'Loss']);
});

test('the type of a column of which the log says none follows from its values', () => {
  const infos = { hparamInfos: ['n', 'b', 's', 'mixed', 'none'].map((name) => ({ name, type: 'DATA_TYPE_UNSET' })), metricInfos: [] };
  const columns = columnsOf(infos, [group('a', { n: 2, b: false, s: 'x', mixed: 2 }, {}), group('b', { n: 3.5, b: true, s: '', mixed: 'two' }, {})]);
  assert.deepEqual(Object.fromEntries(columns.map(({ name, type }) => [name, type])), { n: 'number', b: 'bool', s: 'string', mixed: 'string', none: 'string' });
});

test('a value that is not there has no entry, and numbers that JSON cannot say are numbers', () => {
  const failed = TRIALS.find(({ name }) => name === 't2');
  assert.equal(failed.values.has('hparam:note'), false);
  assert.ok(Number.isNaN(failed.values.get(LOSS)));
  assert.equal(failed.values.get('hparam:augment'), false);
  assert.equal(failed.status, 'STATUS_FAILURE');
});

test('trials are sorted by one column; those without a value come last in both directions', () => {
  assert.deepEqual(names(sorted(TRIALS, null)), ['t1', 't2', 't10']);
  assert.deepEqual(names(sorted(TRIALS, { key: ACCURACY, descending: false })), ['t1', 't10', 't2']);
  assert.deepEqual(names(sorted(TRIALS, { key: ACCURACY, descending: true })), ['t2', 't10', 't1']);
  assert.deepEqual(names(sorted(TRIALS, { key: 'hparam:note', descending: false })), ['t1', 't10', 't2']);
  assert.deepEqual(names(sorted(TRIALS, { key: 'hparam:note', descending: true })), ['t10', 't1', 't2']);
  assert.deepEqual(names(sorted(TRIALS, { key: LOSS, descending: false })), ['t10', 't1', 't2']);
});

test('five of each kind are shown at first', () => {
  const infos = { hparamInfos: Array.from({ length: 7 }, (_, i) => ({ name: `h${i}`, type: 'DATA_TYPE_STRING', differs: i > 4 })), metricInfos: EXPERIMENT.metricInfos };
  const same = { ...infos, hparamInfos: infos.hparamInfos.map((info) => ({ ...info, differs: false })) };
  assert.deepEqual(shownAtFirst(columnsOf(same, [])), ['hparam:h0', 'hparam:h1', 'hparam:h2', 'hparam:h3', 'hparam:h4', ACCURACY, LOSS]);
});

test('settings that are the same in all trials are not shown where others differ', () => {
  const infos = { hparamInfos: ['seed', 'rate'].map((name) => ({ name, type: 'DATA_TYPE_FLOAT64', differs: name === 'rate' })), metricInfos: EXPERIMENT.metricInfos };
  assert.deepEqual(shownAtFirst(columnsOf(infos, [])), ['hparam:rate', ACCURACY, LOSS]);
});

test('what differs comes before the folders that each trial has of its own', () => {
  const infos = { hparamInfos: ['a_dir', 'rate', 'seed'].map((name) => ({ name, type: 'DATA_TYPE_UNSET' })), metricInfos: [] };
  const groups = [group('x', { a_dir: 'logs/x', rate: 1, seed: 7 }, {}), group('y', { a_dir: 'logs/y', rate: 2, seed: 7 }, {})];
  assert.deepEqual(columnsOf(infos, groups).map(({ name }) => name), ['rate', 'a_dir', 'seed']);
  assert.deepEqual(shownAtFirst(columnsOf(infos, groups)), ['hparam:rate']);
});

test('what is tried out comes first, and flags that change nothing are no columns of a log of Pupil', () => {
  const names = ['architecture', 'board', 'how_many_training_steps', 'learning_rate', 'run_name', 'threads'];
  const infos = { hparamInfos: names.map((name) => ({ name, type: 'DATA_TYPE_UNSET', differs: true })), metricInfos: [{ name: { group: '', tag: 'pupil/test_accuracy' } }] };
  const shown = (experiment) => columnsOf(experiment, []).filter(({ kind }) => kind === 'hparam').map(({ name }) => name);
  assert.deepEqual(shown(infos), ['learning_rate', 'how_many_training_steps', 'architecture']);
  assert.equal(shown({ ...infos, metricInfos: EXPERIMENT.metricInfos }).length, names.length);
});

test('a table begins with what came out', () => {
  assert.deepEqual(metricsFirst(COLUMNS).map(({ title }) => title), ['validation/accuracy', 'Loss', 'optimizer', 'Remark', 'augment', 'seed']);
});

test('the numbers of a column read differently, as does one beside others', () => {
  assert.deepEqual(sayAll([5.5444, undefined, 5.54441, true, 'x']), ['5.5444', '–', '5.54441', 'yes', 'x']);
  assert.equal(sayBeside(5.5444, [5.54441, undefined, 'x']), '5.5444');
});

test('the values of a column are those of the log and those that are possible, each once and in order', () => {
  assert.deepEqual(distinctValues(column('hparam:optimizer'), TRIALS), ['adam', 'sgd', 'unused']);
  assert.deepEqual(distinctValues({ ...X, domain: [128, 16] }, numbers(32, 16)), [16, 32, 128]);
});

test('a metric of a group stands in the run below the session', () => {
  assert.equal(metricRun('trial', 'validation'), 'trial/validation');
  assert.equal(metricRun('trial', ''), 'trial');
  assert.equal(metricRun('.', 'validation'), 'validation');
  assert.equal(metricRun('', ''), '.');
});

test('a trial passes when every constraint lets it, and not without a value', () => {
  const passing = (...constraints) => names(TRIALS.filter((trial) => passes(trial, constraints)));
  assert.deepEqual(passing(), ['t10', 't2', 't1']);
  assert.deepEqual(passing({ key: 'hparam:optimizer', oneOf: ['adam'] }), ['t2', 't1']);
  assert.deepEqual(passing({ key: 'hparam:augment', oneOf: [true] }, { key: ACCURACY, min: 0.5, max: null }), ['t10']);
  assert.deepEqual(passing({ key: ACCURACY, min: 0.25, max: 0.5 }), ['t10', 't1']);
  assert.deepEqual(passing({ key: 'hparam:note', matches: '^w|ld' }), ['t10', 't1']);
  assert.deepEqual(passing({ key: 'hparam:note', matches: '(' }), []);
  assert.deepEqual(passing({ key: LOSS, min: null, max: 5 }), ['t10']);
  assert.deepEqual(passing({ key: 'hparam:optimizer', oneOf: [] }), []);
});

test('the server is asked for the same: filters, marks and the order', () => {
  const constraints = [
    { key: 'hparam:optimizer', oneOf: ['adam'] }, { key: ACCURACY, min: 0.5, max: null }, { key: ACCURACY, min: null, max: 0.9 }, { key: 'hparam:note', matches: '' },
  ];
  assert.deepEqual(columnParameters(COLUMNS, constraints, { key: ACCURACY, descending: true }), [
    { hparam: 'optimizer', filterDiscrete: ['adam'], excludeMissingValues: true },
    { metric: { group: 'validation', tag: 'accuracy' }, order: 'ORDER_DESC', filterInterval: { minValue: 0.5, maxValue: 'Infinity' }, excludeMissingValues: true },
    { metric: { group: 'validation', tag: 'accuracy' }, filterInterval: { minValue: '-Infinity', maxValue: 0.9 }, excludeMissingValues: true },
  ]);
  assert.deepEqual(columnParameters(COLUMNS, [], { key: 'hparam:seed', descending: false }), [{ hparam: 'seed', order: 'ORDER_ASC' }]);
  assert.deepEqual(columnParameters(COLUMNS, [], { key: 'name', descending: false }), []);
});

test('a filter that lets all pass is none', () => {
  assert.equal(isNarrowing({ min: null, max: null }), false);
  assert.equal(isNarrowing({ min: 0 }), true);
  assert.equal(isNarrowing({ matches: '' }), false);
  assert.equal(isNarrowing({ oneOf: [] }), true);
});

test('a linear axis', () => {
  const axis = axisOf(X, numbers(10, -10, 0, 5, 6, 7));
  assert.equal(axis.place(-10), 0);
  assert.equal(axis.place(5), 0.75);
  assert.equal(axis.valueAt(0.75), 5);
  assert.equal(axis.place(NaN), null);
  assert.equal(axis.place(undefined), null);
  assert.deepEqual(axis.ticks.map(({ value }) => value), [-10, -5, 0, 5, 10]);
  assert.deepEqual(axis.between(0.25, 1), { key: 'hparam:x', min: -5, max: null });
  assert.deepEqual(axis.between(0.01, 0.99), { key: 'hparam:x', min: null, max: null }, 'a mark that nearly reaches the ends');
});

test('ticks stand at the values themselves where they are few; a single value stands in the middle', () => {
  assert.deepEqual(axisOf(X, numbers(16, 128, 32, 32)).ticks.map(({ value }) => value), [16, 32, 128]);
  assert.deepEqual(axisOf(X, numbers(3, 3)).ticks, [{ place: 0.5, value: 3, text: '3' }]);
  assert.deepEqual(axisOf(X, []).ticks, []);
});

test('a logarithmic axis leaves out what has no logarithm', () => {
  const axis = axisOf(X, numbers(0.001, 10, 0, -3, 0.002, 0.05, 0.7, 4), 'log');
  assert.equal(axis.place(0), null);
  assert.ok(Math.abs(axis.place(0.1) - 0.5) < 1e-12);
  assert.ok(Math.abs(axis.valueAt(0.5) - 0.1) < 1e-12);
  assert.deepEqual(axis.ticks.map(({ value }) => value), [0.001, 0.01, 0.1, 1, 10]);
  assert.equal(axisOf(X, numbers(-1, -2), 'log').place(-2), 0, 'without any it is linear');
});

test('a quantile axis goes by rank', () => {
  const axis = axisOf(X, numbers(1, 2, 3, 1000, 1001), 'quantile');
  assert.deepEqual([1, 2, 3, 1000, 1001].map(axis.place), [0, 0.25, 0.5, 0.75, 1]);
  assert.equal(axis.place(501.5), 0.625);
  assert.equal(axis.valueAt(0.625), 501.5);
  assert.equal(axis.place(0), 0);
  assert.equal(axis.place(5000), 1);
});

test('text and yes/no have a place for each value, and a stretch holds those whose places are in it', () => {
  const axis = axisOf(column('hparam:optimizer'), TRIALS);
  assert.deepEqual(axis.ticks.map(({ value }) => value), ['adam', 'sgd', 'unused']);
  assert.deepEqual(axis.between(0.3, 0.9), { key: 'hparam:optimizer', oneOf: ['sgd', 'unused'] });
  const [from, to] = stretchOf({ oneOf: ['sgd', 'unused'] }, axis);
  assert.deepEqual(axis.between(from, to).oneOf, ['sgd', 'unused']);
  assert.equal(stretchOf({ oneOf: [] }, axis), null);
});

test('a constraint shows as the stretch from which it came', () => {
  const axis = axisOf(X, numbers(0, 2, 4));
  assert.deepEqual(stretchOf(axis.between(0.25, 0.75), axis), [0.25, 0.75]);
  assert.deepEqual(stretchOf({ min: null, max: 1 }, axis), [0, 0.25]);
  assert.deepEqual(stretchOf({ min: -50, max: 50 }, axis), [0, 1]);
});

test('about five round numbers', () => {
  assert.deepEqual(roundValues(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(roundValues(0.13, 0.58), [0.2, 0.3, 0.4, 0.5]);
  assert.deepEqual(roundValues(-3e6, 4e6), [-2e6, 0, 2e6, 4e6]);
});

test('ticks that would lie over each other are left out, the first is not', () => {
  const ticks = [0.0001, 0.001, 0.01, 0.1].map((value) => ({ place: value * 10, value }));
  assert.deepEqual(apart(ticks, 300, () => 12).map(({ value }) => value), [0.0001, 0.01, 0.1]);
  const wide = (one, next) => 6 * (String(one.value).length + String(next.value).length);
  assert.deepEqual(apart(ticks, 300, wide).map(({ value }) => value), [0.0001, 0.1]);
  assert.deepEqual(apart([], 300, wide), []);
});

test('the distance to a line ends at its ends', () => {
  assert.equal(distanceToSegment(5, 3, [0, 0], [10, 0]), 3);
  assert.equal(distanceToSegment(13, 4, [0, 0], [10, 0]), 5);
  assert.equal(distanceToSegment(3, 4, [0, 0], [0, 0]), 5);
});

test('colours go from blue to red, and a trial without a value has its own', () => {
  assert.equal(mixed(['#000000', '#ff8000'], 0.5), 'rgb(128 64 0)');
  const axis = axisOf(X, numbers(0, 10));
  const colours = colouring(X, axis, false, { plain: 'green', missing: 'grey' });
  assert.equal(colours.of({ values: new Map([['hparam:x', 0]]) }), 'rgb(42 98 217)');
  assert.equal(colours.of({ values: new Map([['hparam:x', 10]]) }), 'rgb(211 48 47)');
  assert.equal(colours.of({ values: new Map() }), 'grey');
  assert.equal(colouring(null, null, false, { plain: 'green', missing: 'grey' }).of({}), 'green');
});

test('an address may hold anything: only what is of the right kind is taken', () => {
  assert.deepEqual(usable('{'), {});
  assert.deepEqual(usable('null'), {});
  assert.deepEqual(usable('{"view":"pie","shown":[1],"filters":[{"key":"a","min":"x"}],"statuses":"all","sort":{},"scales":[3],"colour":7}'), {});
  const all = { view: 'scatter', shown: ['a'], filters: [{ key: 'a', min: 1, max: null }], brushes: [{ key: 'b', oneOf: ['x', true] }], sort: { key: 'a', descending: true }, scales: { a: 'log' }, colour: 'a' };
  assert.deepEqual(usable(JSON.stringify(all)), all);
  assert.deepEqual(usable('{"__proto__":{"view":"scatter"},"constructor":1}'), {});
});

test('trials outside the marks are drawn first, under the others', () => {
  const trial = (name, value) => ({ name, values: new Map([['rate', value]]) });
  const trials = [trial('in', 1), trial('out', 9), trial('without', null)];
  const experiment = { filtered: trials, isBrushed: ({ name }) => name !== 'out' };
  const axes = new Map([['rate', { place: (value) => (value === null ? null : value / 10) }]]);
  const drawn = drawnOf(experiment, [{ key: 'rate' }], axes);
  assert.deepEqual(drawn.map(({ trial: { name }, isIn, places }) => [name, isIn, places.get('rate')]),
    [['out', false, 0.9], ['in', true, 0.1], ['without', true, null]]);
});

test('the nearest is the one with the nearest part, if any is within reach', () => {
  const far = { distances: [30, 8] };
  const near = { distances: [20, 3, 12] };
  const nothing = { distances: [] };
  assert.equal(nearestOf([nothing, far, near], 10, ({ distances }) => distances), near);
  assert.equal(nearestOf([far, near], 3, ({ distances }) => distances), null);
});

test('what is asked for while a person drags is drawn once, at the end', () => {
  const drawn = [];
  const dragging = new Dragging((...asked) => drawn.push(asked));
  assert.equal(dragging.holds('red', 1), false);
  dragging.isUnderWay = true;
  assert.equal(dragging.holds('green', 2), true);
  assert.equal(dragging.holds('blue', 3), true);
  dragging.end();
  dragging.end();
  assert.deepEqual(drawn, [['blue', 3]]);
  assert.equal(dragging.holds('red', 4), false);
});
