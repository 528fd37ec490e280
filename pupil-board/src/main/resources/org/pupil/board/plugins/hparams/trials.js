// What the server tells of an experiment, as columns and trials. A trial is what the server calls a session group.
import { compareNaturally } from '../../page/parts/natural-order.js';

export const MOST_SHOWN_OF_A_KIND = 5;

const TYPES = { DATA_TYPE_STRING: 'string', DATA_TYPE_BOOL: 'bool', DATA_TYPE_FLOAT64: 'number' };

export function hparamKey(name) {
  return `hparam:${name}`;
}

export function metricKey({ group, tag }) {
  return `metric:${JSON.stringify([group || '', tag || ''])}`;
}

// In this order where they differ: what one tries out first.
const TRIED_FIRST = ['learning_rate', 'how_many_training_steps', 'train_batch_size', 'optimizer', 'architecture'];

// Flags that older versions of Pupil wrote as hyperparameters although they change nothing that is learned.
const CHANGES_NOTHING = new Set([
  'board', 'bottleneck_dir', 'checkpoint_path', 'download_mirror', 'eval_step_interval', 'final_tensor_name',
  'intermediate_output_graphs_dir', 'intermediate_store_frequency', 'logging_verbosity', 'model_dir', 'output_graph', 'output_labels',
  'print_misclassified_test_images', 'run_name', 'saved_model_dir', 'strict', 'summaries_dir', 'threads',
]);

// [{ key, kind, name, title, description, type, domain }]: hyperparameters first, those that differ before the others and
// places of files behind, then metrics. `name` is what the server wants to be asked with; `type` is number, string or bool; `domain` has the values or
// the ends that the log says are possible.
export function columnsOf(experiment, groups) {
  const metrics = (experiment.metricInfos ?? []).map(metricColumn);
  const isPupils = metrics.some(({ name }) => name.tag.startsWith('pupil/'));
  const hparams = (experiment.hparamInfos ?? [])
    .filter(({ name }) => !(isPupils && CHANGES_NOTHING.has(name)))
    .map((info) => hparamColumn(info, groups));
  const rank = ({ differs, isPlace }) => 2 * !differs + isPlace;
  hparams.sort((a, b) => rank(a) - rank(b) || placeOf(a) - placeOf(b));
  return [...hparams, ...metrics];
}

function placeOf({ name }) {
  return TRIED_FIRST.includes(name) ? TRIED_FIRST.indexOf(name) : TRIED_FIRST.length;
}

function hparamColumn(info, groups) {
  const values = groups.map((group) => group.hparams?.[info.name]).filter(isGiven);
  return {
    key: hparamKey(info.name),
    kind: 'hparam',
    name: info.name,
    title: info.displayName || info.name,
    description: info.description ?? '',
    type: TYPES[info.type] ?? inferredType(values),
    domain: info.domainDiscrete ?? null,
    differs: info.differs || new Set(values).size > 1,
    // Trials write into folders of their own, which tells nothing of how they went.
    isPlace: values.some((value) => typeof value === 'string' && /[/\\]/.test(value)),
  };
}

function metricColumn({ name, displayName, description }) {
  const full = { group: name?.group ?? '', tag: name?.tag ?? '' };
  return {
    key: metricKey(full),
    kind: 'metric',
    name: full,
    title: displayName || (full.group ? `${full.group}/${full.tag}` : full.tag),
    description: description ?? '',
    type: 'number',
    domain: null,
    differs: true,
    isPlace: false,
  };
}

function inferredType(values) {
  if (values.length > 0 && values.every((value) => typeof value === 'number')) return 'number';
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) return 'bool';
  return 'string';
}

function isGiven(value) {
  return value !== undefined && value !== null;
}

// [{ name, values: Map of key to value, sessions, status }]; a value that is not there has no entry.
export function trialsOf(groups, columns) {
  return groups.map((group) => {
    const metrics = new Map((group.metricValues ?? []).map((metric) => [metricKey(metric.name ?? {}), metric.value]));
    const values = new Map();
    for (const column of columns) {
      const value = column.kind === 'metric' ? metrics.get(column.key) : group.hparams?.[column.name];
      if (isGiven(value)) values.set(column.key, typed(value, column.type));
    }
    return { name: group.name, values, sessions: group.sessions ?? [], status: statusOf(group.sessions ?? []) };
  });
}

// Numbers that JSON cannot say come as strings: NaN, Infinity, -Infinity.
function typed(value, type) {
  if (type === 'number') return Number(value);
  return type === 'bool' ? Boolean(value) : String(value);
}

const STATUSES = ['STATUS_FAILURE', 'STATUS_RUNNING', 'STATUS_UNKNOWN', 'STATUS_SUCCESS'];

// The status that a person wants to know first of several sessions.
function statusOf(sessions) {
  return STATUSES.find((status) => sessions.some((session) => session.status === status)) ?? 'STATUS_UNKNOWN';
}

// The values of a column in the trials, each once, in order.
export function distinctValues(column, trials) {
  const values = [...new Set([...(column.domain ?? []), ...trials.map((trial) => trial.values.get(column.key)).filter(isGiven)])];
  if (column.type === 'number') return values.map(Number).sort((a, b) => a - b);
  return values.sort((a, b) => compareNaturally(String(a), String(b)));
}

// The first few of both kinds; of the hyperparameters those that differ and are no places of files, if there are any.
export function shownAtFirst(columns) {
  const some = (kind) => columns.filter((column) => column.kind === kind);
  const differing = some('hparam').filter(({ differs, isPlace }) => differs && !isPlace);
  const hparams = differing.length > 0 ? differing : some('hparam');
  return [...hparams.slice(0, MOST_SHOWN_OF_A_KIND), ...some('metric').slice(0, MOST_SHOWN_OF_A_KIND)].map((column) => column.key);
}

// In the order in which a table is read: what came out, then what was set.
export function metricsFirst(columns) {
  const some = (isMetric) => columns.filter((column) => (column.kind === 'metric') === isMetric);
  return [...some(true), ...some(false)];
}

// By one column; a trial without a value, or with NaN, comes last in both directions. Equal ones stay by name.
export function sorted(trials, sort) {
  const byName = [...trials].sort((a, b) => compareNaturally(a.name, b.name));
  if (!sort) return byName;
  const sign = sort.descending ? -1 : 1;
  if (sort.key === 'name') return sort.descending ? byName.reverse() : byName;
  const value = (trial) => (sort.key === 'status' ? trial.status : trial.values.get(sort.key));
  return byName.sort((a, b) => compareValues(value(a), value(b), sign));
}

function compareValues(a, b, sign) {
  const aIsMissing = a === undefined || Number.isNaN(a);
  const bIsMissing = b === undefined || Number.isNaN(b);
  if (aIsMissing || bIsMissing) return aIsMissing - bIsMissing;
  if (typeof a === 'string') return sign * compareNaturally(a, b);
  return sign * (a < b ? -1 : a > b ? 1 : 0);
}

// The run in which a session wrote a metric.
export function metricRun(sessionName, group) {
  return [sessionName, group].filter((part) => part !== '' && part !== '.').join('/') || '.';
}
