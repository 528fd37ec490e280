// A trial's values in words.
import * as format from '../parts/format.js';

export const NO_VALUE = '–';

export function say(value) {
  if (value === undefined || value === null) return NO_VALUE;
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
}

// Every digit, for who wants to know.
export function sayExactly(value) {
  return typeof value === 'number' ? String(value) : say(value);
}

export function sayTrials(count) {
  return `${format.count(count)} ${count === 1 ? 'trial' : 'trials'}`;
}
