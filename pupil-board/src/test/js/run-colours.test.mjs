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

test('the runs of seven teachings look well apart, on light and on dark', () => {
  const runs = Array.from({ length: 7 }, (_, i) => teaching(`rate-${i}`)).flat();
  const colours = new RunColours();
  colours.assign(runs);
  for (const isDark of [false, true]) {
    const all = coloursOf(colours, runs, isDark).map(lab);
    for (const [i, one] of all.entries()) {
      for (const other of all.slice(0, i)) assert.ok(Math.hypot(...one.map((part, at) => part - other[at])) > 20, `${runs[i].name}`);
    }
  }
});

// Lightness, green to red and blue to yellow, of CIELAB: there equal distances look about equal.
function lab(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const x = Math.cbrt((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = Math.cbrt((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0888);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

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
