// Trials (groups of sessions) with their settings and their results, as a table of columns.

export const STATUSES = [['STATUS_UNKNOWN', 'Unknown'], ['STATUS_SUCCESS', 'Success'], ['STATUS_FAILURE', 'Failure'], ['STATUS_RUNNING', 'Running']];
export const MOST_TRIALS = 5000;
export const FEW_VALUES = 10;
const FIRST_COLUMNS = 5;

// The columns of an experiment's answer: settings first, those that differ before the others, then results.
export function columnsOf(experiment) {
  const settings = (experiment.hparamInfos ?? []).map((info) => ({
    id: `h:${info.name}`, kind: 'hparam', name: info.name, title: info.displayName || info.name, description: info.description || '', differs: Boolean(info.differs),
    isNumber: info.type === 'DATA_TYPE_FLOAT64',
  }));
  settings.sort((a, b) => b.differs - a.differs);
  const results = (experiment.metricInfos ?? []).map((info) => {
    const { group = '', tag = '' } = info.name ?? {};
    return { id: `m:${group}\n${tag}`, kind: 'metric', group, tag, title: info.displayName || (group ? `${group}/${tag}` : tag), description: info.description || '', differs: true, isNumber: true };
  });
  return [...settings, ...results];
}

// The first five settings and the first five results.
export function firstVisible(columns) {
  const of = (kind) => columns.filter((column) => column.kind === kind).slice(0, FIRST_COLUMNS).map((column) => column.id);
  return new Set([...of('hparam'), ...of('metric')]);
}

// One trial of the answer: {name, values: Map of column id to a number, a text, a boolean; statuses, sessions}.
export function trialOf(group) {
  const values = new Map();
  for (const [name, value] of Object.entries(group.hparams ?? {})) values.set(`h:${name}`, numberOr(value));
  for (const { name, value } of group.metricValues ?? []) values.set(`m:${name.group ?? ''}\n${name.tag ?? ''}`, numberOr(value));
  const sessions = group.sessions ?? [];
  return { name: group.name, values, sessions, statuses: new Set(sessions.map((session) => session.status)) };
}

// Infinity and NaN come as text.
function numberOr(value) {
  return ['NaN', 'Infinity', '-Infinity'].includes(value) ? Number(value) : value;
}

export function distinctValues(trials, id) {
  return [...new Set(trials.map((trial) => trial.values.get(id)).filter((value) => value !== undefined))].sort(compareValues);
}

// Numbers by size, texts with their numbers; NaN last.
export function compareValues(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

// filters: Map of column id to {values: Set} or {low, high} or {pattern}; statuses: Set.
export function filtered(trials, filters, statuses) {
  const tests = [...filters].map(([id, filter]) => [id, testOf(filter)]);
  return trials.filter((trial) => [...trial.statuses].some((status) => statuses.has(status)) && tests.every(([id, test]) => test(trial.values.get(id))));
}

function testOf({ values, low, high, pattern }) {
  if (values) return (value) => values.has(value);
  if (pattern !== undefined) {
    const expression = expressionOf(pattern);
    return (value) => expression !== null && value !== undefined && expression.test(String(value));
  }
  return (value) => typeof value === 'number' && (low === undefined || value >= low) && (high === undefined || value <= high);
}

export function expressionOf(pattern) {
  try {
    return new RegExp(pattern);
  } catch {
    return null;
  }
}

// By one column, or by the name; trials without a value come last in both directions.
export function sorted(trials, { id, descending } = {}) {
  const value = (trial) => (id === undefined || id === 'name' ? trial.name : trial.values.get(id));
  return [...trials].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined) || compareValues(a.name, b.name);
    return (descending ? -1 : 1) * compareValues(x, y) || compareValues(a.name, b.name);
  });
}

// What the server is asked for a file of the same rows and columns.
export function downloadRequest(columns, filters, statuses, sort) {
  const colParams = columns.map((column) => {
    const param = column.kind === 'hparam' ? { hparam: column.name } : { metric: { group: column.group, tag: column.tag } };
    if (sort?.id === column.id) param.order = sort.descending ? 'ORDER_DESC' : 'ORDER_ASC';
    const filter = filters.get(column.id);
    if (filter?.values) param.filterDiscrete = [...filter.values];
    else if (filter?.pattern !== undefined) param.filterRegexp = filter.pattern;
    else if (filter) param.filterInterval = { minValue: filter.low ?? '-Infinity', maxValue: filter.high ?? 'Infinity' };
    if (filter) param.excludeMissingValues = true;
    return param;
  });
  // The column that is sorted by is the most significant one, so it goes first.
  colParams.sort((a, b) => ('order' in b) - ('order' in a));
  return { experimentName: '', allowedStatuses: [...statuses], colParams, startIndex: 0, sliceSize: MOST_TRIALS };
}

export function valueText(value) {
  if (value === undefined) return '';
  if (typeof value !== 'number') return String(value);
  if (value === 0 || Number.isInteger(value)) return Math.abs(value) < 1e9 ? String(value) : value.toExponential(3);
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(3) : String(Number(value.toPrecision(5)));
}
