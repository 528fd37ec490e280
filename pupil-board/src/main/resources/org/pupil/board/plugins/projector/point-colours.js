// The colours of points by a column of their metadata.
import { ticks } from '../../page/parts/format.js';
import { kindOf } from './metadata.js';

const FIRST = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f9b3a', '#17a2b8', '#bcae22'];
const PLAIN = '#3b8fb0';

// Distinct values as far apart as there are colours; more than ten go around the colour circle.
function paletteOf(count) {
  return Array.from({ length: count }, (_, i) => (i < FIRST.length ? FIRST[i] : d3.hcl((i * 137.5) % 360, 60, 45 + (i % 3) * 12).formatHex()));
}

// [red, green, blue] between 0 and 1, each colour read only once.
const read = new Map();

export function partsOf(colour) {
  if (read.size > 5000) read.clear();
  if (!read.has(colour)) {
    const { r, g, b } = d3.rgb(colour);
    read.set(colour, [r / 255, g / 255, b / 255]);
  }
  return read.get(colour);
}

// {of(value) -> a CSS colour, legend: [{colour, text}], kind}
export function pointColours(values) {
  const kind = values === null ? null : kindOf(values);
  if (kind === 'categories') {
    const counts = d3.rollup(values, (all) => all.length, (value) => value);
    const names = [...counts.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const palette = paletteOf(names.length);
    const colours = new Map(names.map((name, i) => [name, palette[i]]));
    return { kind, of: (value) => colours.get(value) ?? PLAIN, legend: names.map((name) => ({ colour: colours.get(name), text: `${name || '(nothing)'} (${counts.get(name)})`, value: name })) };
  }
  if (kind === 'numbers') {
    const [low, high] = d3.extent(values.filter((value) => value !== ''), Number);
    const scale = d3.scaleSequential([low, high === low ? low + 1 : high], (t) => d3.interpolateTurbo(0.08 + 0.84 * t));
    return { kind, of: (value) => (value === '' ? '#9aa0a6' : scale(Number(value))), legend: d3.range(5).map((i) => low + (i * (high - low)) / 4).map((value, i, all) => ({ colour: scale(value), text: ticks(all)[i] })) };
  }
  return { kind: null, of: () => PLAIN, legend: [] };
}
