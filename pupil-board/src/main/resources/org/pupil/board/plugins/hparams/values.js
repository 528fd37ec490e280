// A trial's values in words.
import * as format from '../../page/parts/format.js';

export const NO_VALUE = '–';

export function say(value) {
  if (value === undefined || value === null) return NO_VALUE;
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
}

// The values of a column, numbers in so many digits that they read differently.
export function sayAll(values) {
  const numbers = values.filter((value) => typeof value === 'number');
  const texts = new Map(format.numbers(numbers).map((text, i) => [numbers[i], text]));
  return values.map((value) => texts.get(value) ?? say(value));
}

// A value of a column beside those of the other trials.
export function sayBeside(value, others) {
  return typeof value === 'number' ? format.numberBeside(value, others) : say(value);
}

// Every digit, for who wants to know.
export function sayExactly(value) {
  return typeof value === 'number' ? String(value) : say(value);
}

export function sayTrials(count) {
  return `${format.count(count)} ${count === 1 ? 'trial' : 'trials'}`;
}
