// Trials compared: a table, parallel coordinates, a scatter matrix.
import { ColumnPanel } from '../hparams/column-panel.js';
import { Parallel } from '../hparams/parallel.js';
import { unitScale } from '../hparams/scales.js';
import { ScatterMatrix } from '../hparams/scatter-matrix.js';
import { trialCharts } from '../hparams/trial-charts.js';
import { TrialTable } from '../hparams/trial-table.js';
import { columnsOf, downloadRequest, filtered, firstVisible, MOST_TRIALS, STATUSES, trialOf, valueText } from '../hparams/trials.js';
import { element } from '../html.js';

export const tab = { id: 'hparams', title: 'HParams', plugins: ['hparams'], css: true };

const VIEWS = [['table', 'Table'], ['parallel', 'Parallel coordinates'], ['scatter', 'Scatter matrix']];
const LARGEST_URL = 6000;

export function mount(container, board) {
  return new HParamsPage(container, board);
}

class HParamsPage {
  #board;
  #gone = false;
  #answer = '';
  #state = { columns: [], visible: new Set(), filters: new Map(), statuses: new Set(STATUSES.map(([status]) => status)), scales: new Map(), trials: [], total: 0, sort: undefined };
  #panel;
  #views;
  #view;
  #brushed = null;
  #note = element('p', { class: 'note', role: 'status' });
  #tabs;
  #colour = element('select', { 'aria-label': 'Colour by' });
  #clearBrush = element('button', { hidden: true, onclick: () => this.#forgetBrushes() }, 'Clear the brush');
  #place = element('div', { class: 'hparams-view' });
  #trial = element('div', { class: 'hparams-trial-card card', 'aria-live': 'polite', hidden: true });
  #pinned = element('div', { class: 'hparams-pinned' });
  #sizes = new ResizeObserver(() => this.#view === 'parallel' && this.#drawView());

  constructor(container, board) {
    this.#board = board;
    const actions = { pointed: (trial) => this.#showTrial(trial), chosen: (trial) => this.#pin(trial), brushed: (names) => this.#onBrush(names) };
    this.#panel = new ColumnPanel(this.#state, () => this.#draw());
    this.#views = { table: new TrialTable(this.#state, (trial) => trialCharts(board, trial, this.#metrics())), parallel: new Parallel(actions), scatter: new ScatterMatrix(actions) };
    this.#view = VIEWS.some(([id]) => id === board.view.get('hparamsView')) ? board.view.get('hparamsView') : 'table';
    this.#tabs = VIEWS.map(([id, title]) => element('button', { 'aria-pressed': id === this.#view, onclick: () => this.#open(id) }, title));
    this.#colour.addEventListener('change', () => this.#drawView());
    const files = ['csv', 'json', 'latex'].map((format) => element('button', { onclick: () => this.#download(format) }, format === 'latex' ? 'LaTeX' : format.toUpperCase()));
    const panel = element('details', { class: 'hparams-side', open: innerWidth > 900 }, element('summary', {}, 'Columns and filters'), this.#panel.element);
    container.append(element('div', { class: 'hparams-page' }, panel,
      element('div', { class: 'hparams-main' },
        element('div', { class: 'hparams-bar' }, element('div', { role: 'group', 'aria-label': 'View', class: 'hparams-group' }, ...this.#tabs), this.#colour, this.#clearBrush,
          element('span', { class: 'hparams-group hparams-files' }, 'Download', ...files)),
        this.#note, this.#place, this.#trial, this.#pinned)));
    this.#sizes.observe(this.#place);
    this.refresh();
  }

  async refresh() {
    try {
      const request = JSON.stringify({ experimentName: '', hparamsLimit: 0 });
      const experiment = await this.#board.api.json('data/plugin/hparams/experiment', { request });
      const columns = columnsOf(experiment);
      const groups = await this.#groups(columns);
      if (this.#gone) return;
      const answer = JSON.stringify([experiment, groups]);
      if (answer === this.#answer) return;
      this.#answer = answer;
      this.#show(columns, groups);
    } catch (error) {
      this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
    this.#sizes.disconnect();
  }

  async #groups(columns) {
    const request = downloadRequest(columns, new Map(), STATUSES.map(([status]) => status), undefined);
    const path = 'data/plugin/hparams/session_groups';
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) });
    if (!response.ok) throw new Error((await response.text()).slice(0, 300));
    return response.json();
  }

  #show(columns, groups) {
    const isFirst = this.#state.columns.length === 0;
    const known = new Set(this.#state.columns.map((column) => column.id));
    this.#state.columns = columns;
    this.#state.trials = (groups.sessionGroups ?? []).map(trialOf);
    this.#state.total = groups.totalSize ?? this.#state.trials.length;
    if (isFirst) this.#state.visible = firstVisible(columns);
    if (isFirst || columns.some((column) => !known.has(column.id)) || columns.length !== known.size) this.#panel.draw();
    const numeric = columns.filter((column) => column.isNumber);
    const before = this.#colour.value;
    this.#colour.replaceChildren(element('option', { value: '' }, 'One colour'), ...numeric.map((column) => element('option', { value: column.id }, `Colour by ${column.title}`)));
    this.#colour.value = isFirst ? (numeric.find((column) => column.kind === 'metric')?.id ?? '') : before;
    this.#draw();
  }

  #columns() {
    return this.#state.columns.filter((column) => this.#state.visible.has(column.id));
  }

  #metrics() {
    return this.#columns().filter((column) => column.kind === 'metric');
  }

  #shownTrials() {
    return filtered(this.#state.trials, this.#state.filters, this.#state.statuses);
  }

  #open(view) {
    this.#view = view;
    this.#board.view.set('hparamsView', view === 'table' ? undefined : view);
    this.#tabs.forEach((button, i) => button.setAttribute('aria-pressed', VIEWS[i][0] === view));
    this.#draw();
  }

  #draw() {
    const isTable = this.#view === 'table';
    this.#colour.hidden = isTable;
    if (isTable) this.#brushed = null;
    this.#trial.hidden = true;
    this.#place.replaceChildren(this.#views[this.#view].element);
    this.#drawView();
    this.#say();
  }

  #drawView() {
    if (this.#state.columns.length === 0) return undefined;
    const trials = this.#shownTrials();
    const columns = this.#columns();
    if (this.#view === 'table') return this.#views.table.draw(trials, columns);
    const scaleOf = (column) => unitScale(column, trials.map((trial) => trial.values.get(column.id)), this.#state.scales.get(column.id));
    const colourBy = this.#state.columns.find((column) => column.id === this.#colour.value) ?? null;
    return this.#views[this.#view].draw(trials, columns, scaleOf, colourBy);
  }

  #say() {
    const shown = this.#shownTrials().length;
    const { total } = this.#state;
    const parts = [shown === total ? `${total.toLocaleString()} ${total === 1 ? 'trial' : 'trials'}` : `${shown.toLocaleString()} of ${total.toLocaleString()} trials match the filters`];
    if (total > MOST_TRIALS) parts.push(`only the first ${MOST_TRIALS.toLocaleString()} were read`);
    if (this.#brushed !== null) parts.push(`${this.#brushed.size.toLocaleString()} are in the brush`);
    if (this.#state.statuses.size === 0) parts.push('no status is allowed');
    this.#note.textContent = `${parts.join('; ')}.`;
    this.#clearBrush.hidden = this.#brushed === null;
  }

  #onBrush(names) {
    this.#brushed = names;
    this.#say();
  }

  #forgetBrushes() {
    this.#views.parallel.clear();
    this.#views.scatter.clear();
    this.#draw();
  }

  #showTrial(trial) {
    this.#trial.hidden = trial === null;
    if (trial === null) return;
    this.#trial.replaceChildren(element('strong', {}, trial.name), element('dl', {},
      ...this.#columns().flatMap((column) => [element('dt', {}, column.title), element('dd', {}, valueText(trial.values.get(column.id)) || '–')])));
  }

  #pin(trial) {
    const close = element('button', { class: 'icon-button', 'aria-label': 'Close', onclick: () => this.#pinned.replaceChildren() }, '×');
    this.#pinned.replaceChildren(element('section', { class: 'card' }, element('header', {}, element('h3', {}, trial.name), close), trialCharts(this.#board, trial, this.#metrics())));
  }

  #download(format) {
    const { columns, visible, filters, statuses, sort } = this.#state;
    const params = {
      format, columnsVisibility: JSON.stringify(columns.map((column) => visible.has(column.id))),
      request: JSON.stringify(downloadRequest(columns, filters, statuses, sort)),
    };
    const address = this.#board.api.url('data/plugin/hparams/download_data', params);
    if (address.length > LARGEST_URL) return this.#board.say('Too many columns for a file: hide some.');
    const link = element('a', { href: address, download: `hparams.${format === 'latex' ? 'tex' : format}` });
    link.click();
    return undefined;
  }
}
