// What a column's value must be like. Filters and brushes are both lists of these:
// { key, min, max } for numbers (either may be null), { key, oneOf: [...] }, { key, matches: 'regular expression' }.
// A trial without a value for the column does not pass.

// Whether a trial passes all.
export function passes(trial, constraints) {
  return constraints.every((constraint) => passesOne(trial.values.get(constraint.key), constraint));
}

function passesOne(value, constraint) {
  if (value === undefined) return false;
  if (constraint.oneOf) return constraint.oneOf.includes(value);
  if (constraint.matches !== undefined) {
    const expression = regularExpression(constraint.matches);
    return expression !== null && expression.test(String(value));
  }
  return (constraint.min ?? -Infinity) <= value && value <= (constraint.max ?? Infinity);
}

// Null for what is no regular expression.
export function regularExpression(text) {
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}

// Whether it lets something not pass.
export function isNarrowing(constraint) {
  if (constraint.oneOf) return true;
  if (constraint.matches !== undefined) return constraint.matches !== '';
  return (constraint.min ?? null) !== null || (constraint.max ?? null) !== null;
}

// The same as the server is asked: every column once in the order of the page, with its filter, and one of them with the order.
export function columnParameters(columns, constraints, sort) {
  const parameters = [];
  for (const column of columns) {
    const own = constraints.filter((constraint) => constraint.key === column.key && isNarrowing(constraint));
    const order = sort?.key === column.key ? { order: sort.descending ? 'ORDER_DESC' : 'ORDER_ASC' } : {};
    const name = column.kind === 'metric' ? { metric: column.name } : { hparam: column.name };
    if (own.length === 0 && column.key === sort?.key) parameters.push({ ...name, ...order });
    own.forEach((constraint, i) => parameters.push({ ...name, ...(i === 0 ? order : {}), ...filter(constraint), excludeMissingValues: true }));
  }
  return parameters;
}

function filter({ oneOf, matches, min, max }) {
  if (oneOf) return { filterDiscrete: oneOf };
  if (matches !== undefined) return { filterRegexp: matches };
  return { filterInterval: { minValue: min ?? '-Infinity', maxValue: max ?? 'Infinity' } };
}
