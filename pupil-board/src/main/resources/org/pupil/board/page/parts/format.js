// Numbers and times as people read them.

const FEWEST_DIGITS = 4;
// With so many, no two different numbers read the same.
const MOST_DIGITS = 17;
// How far a tick's text may be from its place, as a part of the way to the next tick.
const TICK_ERROR = 0.05;

// Four significant digits, or as many as are asked for; very large and very small numbers with an exponent.
export function number(value, digits = FEWEST_DIGITS) {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const isHuge = size >= 1e7 && (size >= 1e15 || digits <= Math.log10(size));
  if (size !== 0 && (size < 1e-4 || isHuge)) return value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e').replaceAll('-', '−');
  return String(Number(value.toPrecision(size >= 1000 ? Math.max(6, digits) : digits))).replace('-', '−');
}

// The texts of many numbers, in as many digits as tell those apart that differ.
export function numbers(values, fewest = FEWEST_DIGITS) {
  const different = new Set(values).size;
  return fewestDigits(fewest, (digits) => {
    const texts = values.map((value) => number(value, digits));
    return new Set(texts).size === different ? texts : null;
  }) ?? values.map((value) => number(value, MOST_DIGITS));
}

// The text of a number that stands beside others: it reads like none that differs.
export function numberBeside(value, others, fewest = FEWEST_DIGITS) {
  return numbers([value, ...nearest(value, others)], fewest)[0];
}

// The texts of an axis: they differ, and each is nearly where it stands.
export function ticks(values) {
  return fewestDigits(FEWEST_DIGITS, (digits) => {
    const texts = values.map((value) => number(value, digits));
    return isExact(values, digits) && new Set(texts).size === new Set(values).size ? texts : null;
  }) ?? numbers(values);
}

function isExact(values, digits) {
  const sorted = [...new Set(values)].filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.every((value, i) => {
    const room = Math.min(value - (sorted[i - 1] ?? -Infinity), (sorted[i + 1] ?? Infinity) - value);
    return Math.abs(Number(value.toPrecision(digits)) - value) <= TICK_ERROR * room;
  });
}

function fewestDigits(fewest, attempt) {
  for (let digits = fewest; digits <= MOST_DIGITS; digits++) {
    const done = attempt(digits);
    if (done !== null) return done;
  }
  return null;
}

// The next smaller and the next larger one, if there are any.
function nearest(value, others) {
  let below = -Infinity;
  let above = Infinity;
  for (const other of others) {
    if (other < value && other > below) below = other;
    if (other > value && other < above) above = other;
  }
  return [below, above].filter(Number.isFinite);
}

export function count(value) {
  return value.toLocaleString('en');
}

// A step: a whole number that is never shortened.
export function step(value) {
  return Math.round(value).toLocaleString('en');
}

export function percent(value) {
  return Number.isFinite(value) ? `${number(value * 100)} %` : '–';
}

// The same of a part that stands beside others, with one decimal place or as many as tell it apart from them.
export function percentBeside(part, others) {
  if (!Number.isFinite(part)) return '–';
  const all = [part, ...nearest(part, others)].map((one) => 100 * one);
  const isApart = (places) => new Set(all.map((one) => one.toFixed(places))).size === new Set(all).size;
  let places = 1;
  while (places < 12 && !isApart(places)) places++;
  return `${all[0].toFixed(places)} %`;
}

const UNITS = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];

// Seconds as the two largest units: 1 h 5 min.
export function duration(seconds) {
  return inUnits(seconds, 2, FEWEST_DIGITS);
}

// Many of them, in as many units and digits as tell those apart that differ.
export function durations(all) {
  const different = new Set(all).size;
  const attempts = [[2, FEWEST_DIGITS], [3, FEWEST_DIGITS], [4, FEWEST_DIGITS]];
  for (let digits = FEWEST_DIGITS + 1; digits <= MOST_DIGITS; digits++) attempts.push([4, digits]);
  for (const [units, digits] of attempts) {
    const texts = all.map((seconds) => inUnits(seconds, units, digits));
    if (new Set(texts).size === different) return texts;
  }
  return all.map((seconds) => inUnits(seconds, UNITS.length, MOST_DIGITS));
}

// One that stands beside others.
export function durationBeside(seconds, others) {
  return durations([seconds, ...nearest(seconds, others)])[0];
}

// More than four digits are given to parts of a second.
function inUnits(seconds, units, digits) {
  const sign = seconds < 0 ? '−' : '';
  const size = Math.abs(seconds);
  if (size < 60) return `${sign}${number(size, digits)} s`;
  const first = UNITS.findIndex(([, unit]) => size >= unit);
  const used = UNITS.slice(first, first + units);
  const smallest = digits > FEWEST_DIGITS ? 10 ** -(digits - FEWEST_DIGITS) : used.at(-1)[1];
  let rest = Math.round(size / smallest) * smallest;
  const parts = used.map(([name, unit], i) => {
    const isLast = i === used.length - 1;
    const many = isLast ? Number((rest / unit).toFixed(Math.max(0, digits - FEWEST_DIGITS))) : Math.floor(rest / unit + 1e-9);
    rest -= many * unit;
    return many > 0 || i === 0 ? `${number(many, digits)} ${name}` : '';
  });
  return sign + parts.filter(Boolean).join(' ');
}

const DATE = { year: 'numeric', month: 'short', day: 'numeric' };
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const TIME = new Intl.DateTimeFormat(undefined, { ...DATE, ...CLOCK });
// What an axis of times says, the shortest first.
const TIMES_OF_AXES = [
  CLOCK,
  { ...CLOCK, fractionalSecondDigits: 3 },
  { month: 'short', day: 'numeric' },
  { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  { ...DATE, ...CLOCK },
  { ...DATE, ...CLOCK, fractionalSecondDigits: 3 },
].map((form) => new Intl.DateTimeFormat(undefined, form));
const DAY = 86_400_000;

// Times in milliseconds since 1970, on an axis: of one day without the day, and so exactly that they differ.
export function times(all) {
  const isOneDay = Math.max(...all) - Math.min(...all) < DAY;
  const forms = TIMES_OF_AXES.slice(isOneDay ? 0 : 2);
  const different = new Set(all).size;
  const texts = (form) => all.map((time) => form.format(time));
  return texts(forms.find((form) => new Set(texts(form)).size === different) ?? forms.at(-1));
}

// Seconds since 1970.
export function dateTime(seconds) {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '–' : TIME.format(date);
}
