import assert from 'node:assert/strict';
import test from 'node:test';
import { horizontalLabels, logarithmicSplits, roundValues, stepLabels, verticalLabels } from '../../main/resources/org/pupil/board/page/parts/chart-axes.js';
import { axisOf } from '../../main/resources/org/pupil/board/plugins/hparams/axes.js';
import { timeTexts } from '../../main/resources/org/pupil/board/page/parts/time-axis.js';
import * as format from '../../main/resources/org/pupil/board/page/parts/format.js';

const CLOSE = [5.5444, 5.5446, 5.5448, 5.545, 5.5452, 5.5454, 5.5456];

// Every text differs from its neighbours, and says where it stands to a twentieth of the way to the next one.
function assertTellApart(values, texts) {
  assert.equal(new Set(texts).size, values.length, texts.join('  '));
  values.forEach((value, i) => {
    const gap = Math.min(...values.filter((other, k) => k !== i).map((other) => Math.abs(other - value)));
    assert.ok(Math.abs(Number(texts[i].replaceAll('−', '-')) - value) <= 0.05 * gap, `${value} reads ${texts[i]}`);
  });
}

test('ticks have as many digits as tell neighbours apart', () => {
  assert.deepEqual(format.ticks(CLOSE), ['5.5444', '5.5446', '5.5448', '5.545', '5.5452', '5.5454', '5.5456']);
  assert.deepEqual(format.ticks([0, 0.2, 0.4, 0.1 + 0.2 + 0.3]), ['0', '0.2', '0.4', '0.6']);
  assert.deepEqual(format.ticks([1e7 + 1, 1e7 + 2]), ['10000001', '10000002']);
});

test('ticks of any stretch tell each other apart', () => {
  for (const start of [0, 1, -1, 5.5444, 1234.5, 99999.5, 1e6, 1.7e9, -3e12, 1e-5, 7e-9, 1e20]) {
    for (let exponent = -10; exponent <= 2; exponent++) {
      const span = (Math.abs(start) || 1) * 10 ** exponent;
      const values = roundValues(start, start + span);
      assertTellApart(values, format.ticks(values));
    }
  }
});

test('a vertical axis tells close values apart, evenly and logarithmically', () => {
  assertTellApart(CLOSE, verticalLabels(CLOSE, false));
  const splits = logarithmicSplits(5.5444, 5.5456);
  assert.ok(splits.length >= 3);
  assertTellApart(splits, verticalLabels(splits, true));
  assert.deepEqual(verticalLabels(logarithmicSplits(0.5, 20), true).filter(Boolean), ['1', '10']);
  assert.ok(logarithmicSplits(1e-30, 1e30).length <= 13);
});

test('horizontal axes tell steps, numbers and durations apart', () => {
  assert.deepEqual(stepLabels([0, 500000, 1000000, 1500000]), ['0', '500,000', '1M', '1.5M']);
  assert.deepEqual(stepLabels([1000000, 1000001, 1000002]), ['1,000,000', '1,000,001', '1,000,002']);
  assertTellApart(CLOSE, horizontalLabels('plain').values(null, CLOSE));
  assert.deepEqual(horizontalLabels('relative').values(null, [3600, 3610, 3620]), ['1 h', '1 h 10 s', '1 h 20 s']);
  assert.deepEqual(format.durations([90.001, 90.002]), ['1 min 30.001 s', '1 min 30.002 s']);
  assert.deepEqual(format.durations([12.34561, 12.34562]), ['12.34561 s', '12.34562 s']);
});

test('times of an axis tell each other apart: within a second, within a day, and over days', () => {
  const start = Date.UTC(2026, 10, 24, 12);
  for (const step of [1, 250, 1000, 60_000, 3_600_000, 86_400_000, 30 * 86_400_000]) {
    const texts = timeTexts('wall', [0, 1, 2, 3].map((i) => new Date(start + i * step)));
    assert.equal(new Set(texts).size, 4, texts.join('  '));
  }
});

test('a value beside others reads like none of them, and else is short', () => {
  assert.equal(format.numberBeside(5.5444, [5.5456]), '5.544');
  assert.equal(format.numberBeside(5.5444, [5.54441, 5.6]), '5.5444');
  assert.equal(format.numberBeside(0.123456, [0.5]), '0.1235');
  assert.equal(format.numberBeside(0.5, [0.5]), '0.5');
  assert.equal(format.numberBeside(NaN, [1]), 'NaN');
  assert.equal(format.percentBeside(0.93333, [0.8]), '93.3 %');
  assert.equal(format.percentBeside(0.93333, [0.93341]), '93.33 %');
  assert.equal(format.durationBeside(3900, [3901]), '1 h 5 min');
  assert.equal(format.durationBeside(3901, [3900]), '1 h 5 min 1 s');
  const [one, next] = [Math.fround(5.5444), Math.fround(5.5444 + 5e-7)];
  assert.notEqual(format.numberBeside(one, [next]), format.numberBeside(next, [one]));
});

test('a column of numbers tells all of them apart', () => {
  assert.deepEqual(format.numbers([0.93214, 0.93213, 0.5, NaN]), ['0.93214', '0.93213', '0.5', 'NaN']);
  assert.deepEqual(format.numbers([1, 1]), ['1', '1']);
  assert.deepEqual(format.numbers([]), []);
});

test('the axes of HParams tell close values apart on every scale', () => {
  const column = { key: 'loss', type: 'number' };
  const trials = [5.5444, 5.54443, 5.5447, 5.5449, 5.5452, 5.5454, 5.5456].map((value) => ({ values: new Map([['loss', value]]) }));
  for (const scale of ['linear', 'log', 'quantile']) {
    const { ticks } = axisOf(column, trials, scale);
    assert.ok(ticks.length >= 3, scale);
    assertTellApart(ticks.map(({ value }) => value), ticks.map(({ text }) => text));
  }
});
