// What is known of each point: a table of texts, from tab separated lines.

const MOST_CATEGORIES = 50;
const MOST_SEARCHED = 100;

// With a tab in the first line that line has the columns' names; else there is one column, called Label.
export function parseMetadata(text, n) {
  const lines = text.replace(/\r/g, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  const hasHeader = lines.length > 0 && lines[0].includes('\t');
  const names = hasHeader ? lines.shift().split('\t') : ['Label'];
  const rows = lines.slice(0, n).map((line) => line.split('\t'));
  return { names, valuesOf: (column) => Array.from({ length: n }, (_, i) => rows[i]?.[column] ?? '') };
}

export function withoutMetadata(n) {
  return { names: ['Number'], valuesOf: () => Array.from({ length: n }, (_, i) => String(i)) };
}

// How a column can colour points: 'categories' (at most fifty distinct values), 'numbers', or null.
export function kindOf(values) {
  const distinct = new Set(values);
  const isNumeric = values.some((value) => value !== '') && values.every((value) => value === '' || Number.isFinite(Number(value)));
  if (isNumeric && distinct.size > 10) return 'numbers';
  if (distinct.size <= MOST_CATEGORIES) return 'categories';
  return null;
}

// Labels that tell points apart: the first column with the most distinct values, unless these are numbers.
export function labelColumn(columns) {
  const worth = columns.map((values) => (kindOf(values) === 'numbers' ? 0 : new Set(values).size));
  return Math.max(0, worth.indexOf(Math.max(...worth)));
}

// {total, indices: the first hundred}; null for an expression that is none.
export function searchPoints(values, query, isRegex) {
  let matches = (value) => value.toLowerCase().includes(query.toLowerCase());
  if (isRegex) {
    try {
      const expression = new RegExp(query, 'i');
      matches = (value) => expression.test(value);
    } catch {
      return null;
    }
  }
  const all = [];
  values.forEach((value, i) => matches(value) && all.push(i));
  return { all, total: all.length, indices: all.slice(0, MOST_SEARCHED) };
}

// The direction from the middle of some points to the middle of others, and every point's place along it.
export function customAxis(points, n, d, left, right) {
  const middle = (indices) => {
    const made = new Float64Array(d);
    for (const i of indices) for (let k = 0; k < d; k++) made[k] += points[i * d + k] / indices.length;
    return made;
  };
  const [from, to] = [middle(left), middle(right)];
  const direction = to.map((value, k) => value - from[k]);
  const length = Math.hypot(...direction) || 1;
  return Float32Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += (points[i * d + k] * direction[k]) / length;
    return sum;
  });
}
