// Where the values of a column lie between 0 and 1.

export const SCALES = [['linear', 'Linear'], ['log', 'Logarithmic'], ['quantile', 'Quantile']];

// column: {isNumber}; answers {at(value) -> 0..1 or undefined, ticks: [{at, value}], kind}.
export function unitScale(column, values, kind = 'linear') {
  const known = values.filter((value) => value !== undefined);
  if (!column.isNumber || known.some((value) => typeof value !== 'number')) return pointScale(known);
  const finite = known.filter(Number.isFinite).sort((a, b) => a - b);
  if (kind === 'log' && finite.length > 0 && finite[0] > 0) return logScale(finite);
  if (kind === 'quantile') return quantileScale(finite);
  return linearScale(finite);
}

function pointScale(values) {
  const distinct = [...new Set(values)].sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }));
  const places = new Map(distinct.map((value, i) => [value, distinct.length === 1 ? 0.5 : i / (distinct.length - 1)]));
  return { kind: 'point', at: (value) => places.get(value), ticks: distinct.map((value) => ({ at: places.get(value), value })) };
}

function between(value, low, high) {
  if (!Number.isFinite(value)) return undefined;
  return low === high ? 0.5 : (value - low) / (high - low);
}

function linearScale(finite) {
  const [low, high] = [finite[0] ?? 0, finite.at(-1) ?? 1];
  return { kind: 'linear', at: (value) => between(value, low, high), ticks: evenly(low, high, 5).map((value) => ({ at: between(value, low, high), value })) };
}

function logScale(finite) {
  const [low, high] = [Math.log10(finite[0]), Math.log10(finite.at(-1))];
  return { kind: 'log', at: (value) => (value > 0 ? between(Math.log10(value), low, high) : undefined), ticks: evenly(low, high, 5).map((value) => ({ at: between(value, low, high), value: 10 ** value })) };
}

// The share of distinct values below; evenly in between.
function quantileScale(finite) {
  const distinct = [...new Set(finite)];
  const at = (value) => {
    if (!Number.isFinite(value)) return undefined;
    if (distinct.length === 1) return 0.5;
    let [low, high] = [0, distinct.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (distinct[middle] <= value) low = middle;
      else high = middle;
    }
    const part = Math.max(0, Math.min(1, (value - distinct[low]) / (distinct[high] - distinct[low])));
    return (low + part) / (distinct.length - 1);
  };
  const count = Math.min(5, distinct.length);
  const ticks = Array.from({ length: count }, (_, i) => distinct[Math.round((i * (distinct.length - 1)) / Math.max(1, count - 1))]);
  return { kind: 'quantile', at, ticks: ticks.map((value) => ({ at: at(value), value })) };
}

function evenly(low, high, count) {
  return low === high ? [low] : Array.from({ length: count }, (_, i) => low + (i * (high - low)) / (count - 1));
}

// Blue for small, red for large, gray without a value.
export function colourOf(scale, value) {
  const at = scale === null ? undefined : scale.at(value);
  if (at === undefined) return 'var(--ink-soft)';
  const mix = (a, b) => Math.round(a + (b - a) * at);
  return `rgb(${mix(45, 224)},${mix(120, 52)},${mix(235, 68)})`;
}
