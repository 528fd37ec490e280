// The table of trials: a hundred a page; a row opens the curves of its results.
import { element } from '../html.js';
import { sorted, STATUSES, valueText } from './trials.js';

export const ROWS_PER_PAGE = 100;

export class TrialTable {
  #page = 0;
  #open = new Set();

  // state as of ColumnPanel, with `sort`; charts(trial) makes the element below an open row.
  constructor(state, charts) {
    this.state = state;
    this.charts = charts;
    this.element = element('div', {});
  }

  draw(trials, columns) {
    this.trials = trials;
    this.columns = columns;
    const ordered = sorted(trials, this.state.sort);
    const pages = Math.max(1, Math.ceil(ordered.length / ROWS_PER_PAGE));
    this.#page = Math.min(this.#page, pages - 1);
    const shown = ordered.slice(this.#page * ROWS_PER_PAGE, (this.#page + 1) * ROWS_PER_PAGE);
    const turn = (page) => {
      this.#page = page;
      this.draw(this.trials, this.columns);
    };
    this.element.replaceChildren(
      element('div', { class: 'scroll' }, element('table', { class: 'table hparams-table' },
        element('thead', {}, element('tr', {}, this.#head('name', 'Trial'), element('th', { scope: 'col' }, 'Status'), ...columns.map((column) => this.#head(column.id, column.title, column.isNumber)))),
        element('tbody', {}, ...shown.flatMap((trial) => this.#rows(trial, columns))))),
      element('div', { class: 'hparams-pages' },
        element('button', { disabled: this.#page === 0, onclick: () => turn(this.#page - 1) }, 'Before'),
        element('span', { class: 'note' }, `${shown.length === 0 ? 0 : this.#page * ROWS_PER_PAGE + 1}–${this.#page * ROWS_PER_PAGE + shown.length} of ${ordered.length.toLocaleString()}`),
        element('button', { disabled: this.#page === pages - 1, onclick: () => turn(this.#page + 1) }, 'Next')));
  }

  #head(id, title, isNumber) {
    const { sort } = this.state;
    const isSorted = sort?.id === id;
    const order = isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
    return element('th', { scope: 'col', 'aria-sort': order, class: isNumber ? 'number' : null }, element('button', {
      class: 'hparams-sort',
      onclick: () => {
        this.state.sort = isSorted && sort.descending ? undefined : { id, descending: isSorted };
        this.draw(this.trials, this.columns);
        this.element.querySelector(`[aria-sort="${isSorted ? 'descending' : 'ascending'}"] button`)?.focus();
      },
    }, title, isSorted ? (sort.descending ? ' ↓' : ' ↑') : ''));
  }

  #rows(trial, columns) {
    const isOpen = this.#open.has(trial.name);
    const toggle = element('button', {
      class: 'link-button hparams-trial', 'aria-expanded': isOpen, title: trial.sessions.map((session) => session.name).join(', '),
      onclick: () => {
        if (isOpen) this.#open.delete(trial.name);
        else this.#open.add(trial.name);
        this.draw(this.trials, this.columns);
      },
    }, isOpen ? '▾ ' : '▸ ', trial.name);
    const status = [...trial.statuses].map((one) => STATUSES.find(([name]) => name === one)?.[1] ?? one).join(', ');
    const row = element('tr', {}, element('td', {}, toggle), element('td', {}, status),
      ...columns.map((column) => element('td', { class: column.isNumber ? 'number' : null }, valueText(trial.values.get(column.id)))));
    if (!isOpen) return [row];
    return [row, element('tr', { class: 'hparams-detail' }, element('td', { colspan: columns.length + 2 }, this.charts(trial)))];
  }
}
