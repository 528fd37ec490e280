import assert from 'node:assert/strict';
import test from 'node:test';
import { colourAt, RunColours } from '../../main/resources/org/pupil/board/page/run-colours.js';

const run = (name, hasCurves = true) => ({ name, hasCurves });
const teaching = (name) => [run(name, false), run(`${name}/train`), run(`${name}/validation`)];
const coloursOf = (colours, runs, isDark = false) => runs.map(({ name }) => colours.colour(name, isDark));

test('the runs of three teachings have nine colours, and the folders above take none of the first', () => {
  const runs = [...teaching('slow'), ...teaching('middle'), ...teaching('fast')];
  const colours = new RunColours();
  colours.assign(runs);
  for (const isDark of [false, true]) {
    assert.equal(new Set(coloursOf(colours, runs, isDark)).size, 9);
    const first = [0, 1, 2, 3, 4, 5].map((place) => colourAt(place, isDark));
    assert.deepEqual(coloursOf(colours, runs.filter(({ hasCurves }) => hasCurves), isDark), first);
  }
});

test('a run keeps its colour when others come, and when others go', () => {
  const colours = new RunColours();
  colours.assign(teaching('a'));
  const before = coloursOf(colours, teaching('a'));
  colours.assign([...teaching('newer'), ...teaching('a')]);
  assert.deepEqual(coloursOf(colours, teaching('a')), before);
  const newer = coloursOf(colours, teaching('newer'));
  colours.assign(teaching('newer'));
  assert.deepEqual(coloursOf(colours, teaching('newer')), newer);
});

test('colours that were kept are taken up again, and given to another where two have the same', () => {
  const colours = new RunColours([['a', 2], ['b', 2], ['c', -1], 7, ['d', 'x']]);
  colours.assign(['a', 'b', 'c', 'd'].map((name) => run(name)));
  assert.equal(colours.colour('a', false), colourAt(2, false));
  assert.equal(new Set(coloursOf(colours, ['a', 'b', 'c', 'd'].map((name) => run(name)))).size, 4);
  assert.deepEqual(new RunColours(colours.places).places, colours.places);
});

test('fifty runs have fifty colours, written as a colour field wants them', () => {
  const runs = Array.from({ length: 50 }, (_, i) => run(`run${i}`, i % 3 > 0));
  const colours = new RunColours();
  colours.assign(runs);
  const all = coloursOf(colours, runs);
  assert.equal(new Set(all).size, 50);
  assert.ok(all.every((colour) => /^#[0-9a-f]{6}$/.test(colour)));
});
