// What the server knows of the experiment, asked for again when there is something new.
import { columnParameters, passes } from './constraints.js';
import { columnsOf, metricsFirst, shownAtFirst, sorted, trialsOf } from './trials.js';

const MOST_TRIALS = 20_000;
const PATH = 'data/plugin/hparams';

export class Experiment {
  columns = [];
  // All that the server gave, before filters.
  trials = [];
  #api;
  #choices;
  #answer = '';

  constructor(api, choices) {
    this.#api = api;
    this.#choices = choices;
  }

  // Whether there was something new.
  async load() {
    const [experiment, answer] = await Promise.all([
      this.#json('experiment', { experimentName: '' }),
      this.#json('session_groups', this.#groupsQuestion([])),
    ]);
    const text = JSON.stringify([experiment, answer]);
    if (text === this.#answer) return false;
    this.#answer = text;
    const groups = answer.sessionGroups ?? [];
    this.columns = columnsOf(experiment, groups);
    this.trials = trialsOf(groups, this.columns);
    return true;
  }

  async #json(what, question) {
    return (await this.#api.ask(`${PATH}/${what}`, question)).json();
  }

  #groupsQuestion(colParams) {
    return { experimentName: '', allowedStatuses: this.#choices.get('statuses'), colParams, startIndex: 0, sliceSize: MOST_TRIALS };
  }

  column(key) {
    return this.columns.find((column) => column.key === key) ?? null;
  }

  // The columns that are shown, in the order that a person gave them.
  get shown() {
    const keys = new Set(this.#choices.get('shown') ?? shownAtFirst(this.columns));
    const order = this.#choices.get('order');
    const place = (column) => (order.includes(column.key) ? order.indexOf(column.key) : order.length);
    return this.columns.filter((column) => keys.has(column.key)).sort((a, b) => place(a) - place(b));
  }

  // The same as columns of a table: metrics first, unless a person gave another order.
  get shownInTable() {
    return this.#choices.get('order').length === 0 ? metricsFirst(this.shown) : this.shown;
  }

  // Those that pass the filters.
  get filtered() {
    const filters = this.#constraints('filters');
    return this.trials.filter((trial) => passes(trial, filters));
  }

  // A shared address may speak of columns that these logs do not have.
  #constraints(...kinds) {
    return kinds.flatMap((kind) => this.#choices.get(kind)).filter(({ key }) => this.column(key) !== null);
  }

  // Those that pass the filters and lie in all brushes, in the order of the table.
  get chosen() {
    const constraints = this.#constraints('filters', 'brushes');
    return sorted(this.trials.filter((trial) => passes(trial, constraints)), this.#choices.get('sort'));
  }

  isBrushed(trial) {
    return passes(trial, this.#constraints('brushes'));
  }

  // The table as a file: the trials that are chosen and the columns that are shown.
  async download(format) {
    const constraints = this.#constraints('filters', 'brushes');
    const shown = new Set(this.shown.map((column) => column.key));
    // The server counts columns in its own order: hyperparameters as it sent them, then metrics.
    const { hparamInfos = [] } = JSON.parse(this.#answer)[0];
    const metrics = this.columns.filter((column) => column.kind === 'metric');
    const visible = [...hparamInfos.map(({ name }) => shown.has(`hparam:${name}`)), ...metrics.map((column) => shown.has(column.key))];
    const question = this.#groupsQuestion(columnParameters(this.columns, constraints, this.#choices.get('sort')));
    return (await this.#api.ask(`${PATH}/download_data`, question, { format, columnsVisibility: JSON.stringify(visible) })).text();
  }

  // [[time, step, value]] of a metric of a session.
  async evaluations(sessionName, metricName) {
    return this.#json('metric_evals', { experimentName: '', sessionName, metricName });
  }
}
