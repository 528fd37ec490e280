// Numbers and times as people read them.

// Four significant digits; very large and very small numbers with an exponent.
export function number(value) {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(3).replace(/\.?0*e\+?/, 'e').replaceAll('-', '−');
  return String(Number(value.toPrecision(size >= 1000 ? 6 : 4))).replace('-', '−');
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

// Seconds as the two largest units: 1 h 5 min.
export function duration(seconds) {
  const sign = seconds < 0 ? '−' : '';
  let rest = Math.abs(seconds);
  if (rest < 60) return `${sign}${number(rest)} s`;
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => rest >= size);
  rest = Math.round(rest / (units[first + 1]?.[1] ?? 1)) * (units[first + 1]?.[1] ?? 1);
  const [unit, size] = units[first];
  const whole = Math.floor(rest / size);
  const next = units[first + 1];
  const more = next ? Math.round((rest - whole * size) / next[1]) : 0;
  return `${sign}${whole} ${unit}${more > 0 ? ` ${more} ${next[0]}` : ''}`;
}

const TIME = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
});

// Seconds since 1970.
export function dateTime(seconds) {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '–' : TIME.format(date);
}
