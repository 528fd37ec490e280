// The trials as a table: sorted by one column, a hundred a page; a row opens what the trial measured.
import { element } from '../../page/html.js';
import { STATUSES } from './choices.js';
import { sayAll, sayExactly } from './values.js';
import { runName } from '../../page/run-name.js';

const ROWS_A_PAGE = 100;

export class TrialTable {
  element = element('div', { class: 'hp-table' });
  #choices;
  #experiment;
  #details;
  #colouring = null;
  #page = 0;
  #open = new Set();

  // details: gives the element of a trial's details, see TrialDetails.
  constructor(choices, experiment, details) {
    this.#choices = choices;
    this.#experiment = experiment;
    this.#details = details;
  }

  draw(colouring) {
    this.#colouring = colouring;
    const trials = this.#experiment.chosen;
    const pages = Math.max(1, Math.ceil(trials.length / ROWS_A_PAGE));
    this.#page = Math.min(this.#page, pages - 1);
    const columns = this.#experiment.shownInTable;
    const shown = trials.slice(this.#page * ROWS_A_PAGE, (this.#page + 1) * ROWS_A_PAGE);
    const texts = columns.map(({ key }) => sayAll(shown.map((trial) => trial.values.get(key))));
    const rows = shown.flatMap((trial, row) => this.#rows(trial, columns, texts.map((column) => column[row])));
    const focused = document.activeElement?.dataset?.focus;
    const scroll = this.element.querySelector('.scroll')?.scrollLeft ?? 0;
    this.element.replaceChildren(
      element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Trials' },
        element('table', { class: 'table' }, this.#head(columns), element('tbody', {}, ...rows))),
      trials.length === 0 ? element('p', { class: 'note' }, 'No trial matches the filters.') : '',
      pages > 1 ? this.#pager(pages) : '');
    this.element.querySelector('.scroll').scrollLeft = scroll;
    if (focused) this.element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #head(columns) {
    const all = [{ key: 'name', title: 'Trial' }, { key: 'status', title: 'Status' }, ...columns];
    return element('thead', {}, element('tr', {}, ...all.map((column) => this.#heading(column))));
  }

  #heading({ key, title, type }) {
    const sort = this.#choices.get('sort');
    const isSorted = sort?.key === key;
    const direction = isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
    return element('th', { scope: 'col', 'aria-sort': direction, class: type === 'number' ? 'number' : '' },
      element('button', { class: 'hp-sort', 'data-focus': `sort ${key}`, onclick: () => this.#sortBy(key) }, ...breakable(title),
        element('span', { class: 'hp-arrow', 'aria-hidden': 'true' }, isSorted ? (sort.descending ? '▼' : '▲') : '')));
  }

  // Upwards, downwards, not at all.
  #sortBy(key) {
    const sort = this.#choices.get('sort');
    this.#choices.set('sort', sort?.key !== key ? { key, descending: false } : sort.descending ? null : { key, descending: true });
  }

  #rows(trial, columns, texts) {
    const isOpen = this.#open.has(trial.name);
    const dot = element('span', { class: 'hp-dot' });
    dot.style.background = this.#colouring.of(trial);
    const toggle = element('button', {
      class: 'hp-open', 'aria-expanded': isOpen, 'data-focus': `open ${trial.name}`, title: 'Its metrics', onclick: () => this.#toggle(trial),
    }, element('span', { class: 'hp-fold', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'), this.#colouring.ends ? dot : '', element('span', { class: 'hp-name', title: trial.name }, runName(trial.name || '.')));
    const row = element('tr', {},
      element('th', { scope: 'row' }, toggle),
      element('td', { class: `hp-status ${trial.status}` }, STATUSES[trial.status] ?? ''),
      ...columns.map((column, i) => cell(texts[i], trial.values.get(column.key), column.type)));
    if (!isOpen) return [row];
    return [row, element('tr', { class: 'hp-detail-row' }, element('td', { colspan: columns.length + 2 }, this.#details.of(trial)))];
  }

  #toggle(trial) {
    if (this.#open.delete(trial.name)) this.#details.close(trial.name);
    else this.#open.add(trial.name);
    this.draw(this.#colouring);
  }

  #pager(pages) {
    const button = (title, to) => element('button', {
      'data-focus': title, disabled: to < 0 || to >= pages,
      onclick: () => {
        this.#page = to;
        this.draw(this.#colouring);
      },
    }, title);
    return element('nav', { class: 'hp-pager', 'aria-label': 'Pages of the table' },
      button('Previous', this.#page - 1), element('span', { role: 'status' }, `Page ${this.#page + 1} of ${pages}`), button('Next', this.#page + 1));
  }
}

// Long names go on in a second line after one of their signs.
function breakable(title) {
  return title.split(/(?<=[_/])/).flatMap((part, i) => (i === 0 ? [part] : [element('wbr'), part]));
}

function cell(text, value, type) {
  return element('td', { class: type === 'number' ? 'number' : 'hp-text', title: sayExactly(value) }, text);
}
