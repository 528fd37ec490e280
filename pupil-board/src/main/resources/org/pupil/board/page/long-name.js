// A long name of a run is cut in its middle: runs of one search begin alike, and differ in their ends.
import { element } from './html.js';
import { runName } from './run-name.js';

const UNCUT = 20;
const LONGEST_TAIL = 14;

// before: what stands at its left, such as a dot in its colour.
export function longName(name, before = null) {
  return element('span', { class: 'long-name' }, before, ...headAndTail(runName(name)).map((part, i) => element('span', { class: i > 0 ? 'tail' : '' }, part)));
}

// What may be cut at its end, and what must stay, if the name is long. The second begins where a word does, if one does nearby.
export function headAndTail(name) {
  const letters = [...name];
  if (letters.length <= UNCUT) return [name];
  const end = letters.slice(-LONGEST_TAIL);
  const border = end.findIndex((letter) => /[^\p{L}\p{N}.=]/u.test(letter));
  const tail = (border > 0 && border < LONGEST_TAIL - 2 ? end.slice(border) : end).join('');
  return [name.slice(0, name.length - tail.length), tail];
}
