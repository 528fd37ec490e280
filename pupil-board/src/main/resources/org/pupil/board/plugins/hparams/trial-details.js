// What there is to know of one trial: its values, and a chart of each metric that is shown.
import { element } from '../../page/html.js';
import { MetricChart } from './metric-chart.js';
import { metricKey, metricRun } from './trials.js';
import { say, sayExactly } from './values.js';

export class TrialDetails {
  #board;
  #experiment;
  // By the trial's name: { element, values, chartsAt, charts }
  #made = new Map();

  constructor(board, experiment) {
    this.#board = board;
    this.#experiment = experiment;
  }

  destroy() {
    for (const name of [...this.#made.keys()]) this.close(name);
  }

  // The element of a trial: always the same, so that it can be moved without being drawn again.
  of(trial) {
    if (!this.#made.has(trial.name)) {
      const values = element('dl', { class: 'hp-all-values' });
      const chartsAt = element('div', { class: 'hp-charts' });
      this.#made.set(trial.name, { trial, element: element('div', { class: 'hp-details' }, values, chartsAt), values, chartsAt, charts: new Map() });
      this.#update(trial);
    }
    return this.#made.get(trial.name).element;
  }

  // There is something new, or other columns are shown.
  update() {
    const trials = new Map(this.#experiment.trials.map((trial) => [trial.name, trial]));
    for (const name of [...this.#made.keys()]) {
      if (trials.has(name)) this.#update(trials.get(name));
      else this.close(name);
    }
  }

  close(name) {
    for (const chart of this.#made.get(name)?.charts.values() ?? []) chart.destroy();
    this.#made.delete(name);
  }

  redraw() {
    for (const { charts } of this.#made.values()) {
      for (const chart of charts.values()) chart.redraw();
    }
  }

  #update(trial) {
    const made = this.#made.get(trial.name);
    const hparams = this.#experiment.columns.filter((column) => column.kind === 'hparam');
    made.values.replaceChildren(...hparams.map((column) => {
      const value = trial.values.get(column.key);
      return element('div', {}, element('dt', {}, column.title), element('dd', { title: sayExactly(value) }, say(value)));
    }));
    const metrics = this.#experiment.shown.filter((column) => column.kind === 'metric');
    for (const [key, chart] of made.charts) {
      if (metrics.some((column) => column.key === key)) continue;
      chart.destroy();
      made.charts.delete(key);
    }
    for (const column of metrics) {
      if (!made.charts.has(column.key)) made.charts.set(column.key, new MetricChart(column.title));
      this.#load(made.charts.get(column.key), trial, column).catch((error) => this.#board.say(error.message));
    }
    made.chartsAt.replaceChildren(...metrics.map((column) => made.charts.get(column.key).element));
  }

  async #load(chart, trial, column) {
    const series = await Promise.all(trial.sessions.map(async (session) => ({
      name: metricRun(session.name, column.name.group),
      colour: this.#board.runs.colour(metricRun(session.name, column.name.group)),
      points: measured(session, column.key) ? await this.#experiment.evaluations(session.name, column.name) : [],
    })));
    chart.show(series);
  }
}

function measured(session, key) {
  return (session.metricValues ?? []).some(({ name }) => metricKey(name ?? {}) === key);
}
