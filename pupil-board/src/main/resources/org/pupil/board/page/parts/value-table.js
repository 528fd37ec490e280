// A table below a chart: what each run has at the selected step, or between two steps.
import { element } from '../html.js';
import * as format from './format.js';
import { compareNaturally } from './natural-order.js';
import { runName } from '../run-name.js';

const each = (say) => (values) => values.map(say);

// Title, key, and how a column's values are said.
const SINGLE = [
  ['Smoothed', 'smoothed', format.numbers],
  ['Value', 'value', format.numbers],
  ['Step', 'step', each(format.step)],
  ['Relative', 'relative', format.durations],
];

const RANGE = [
  ['Min', 'min', format.numbers],
  ['Max', 'max', format.numbers],
  ['Start value', 'startValue', format.numbers],
  ['End value', 'endValue', format.numbers],
  ['Change', 'change', format.numbers],
  ['Change %', 'changePart', each(format.percent)],
  ['Mean', 'mean', format.numbers],
  ['Start step', 'startStep', each(format.step)],
  ['End step', 'endStep', each(format.step)],
  ['Step at min', 'stepAtMin', each(format.step)],
  ['Step at max', 'stepAtMax', each(format.step)],
];

const MOST_ROWS = 500;

export class ValueTable {
  element = element('div', { class: 'value-table scroll', hidden: true, tabindex: 0, role: 'region', 'aria-label': 'Values at the selected step' });
  #sort = { key: 'run', descending: false };
  #rows = [];
  #isRange = false;

  hide() {
    this.element.hidden = true;
  }

  // rows: [{ run, colour, values }], values as of step-statistics or null.
  show(rows, isRange) {
    this.#rows = rows;
    this.#isRange = isRange;
    this.#draw();
  }

  #draw() {
    const columns = this.#isRange ? RANGE : SINGLE;
    const { key, descending } = this.#sort;
    const sorted = this.#rows.filter((row) => row.values !== null).sort((a, b) => {
      const order = key === 'run' || a.values[key] === undefined ? compareNaturally(a.run, b.run) : a.values[key] - b.values[key];
      return descending ? -order : order;
    });
    const shown = sorted.slice(0, MOST_ROWS);
    const texts = columns.map(([, column, say]) => say(shown.map(({ values }) => values[column])));
    this.element.hidden = false;
    this.element.replaceChildren(element('table', { class: 'table' },
      element('thead', {}, element('tr', {}, this.#head('Run', 'run'), ...columns.map(([title, column]) => this.#head(title, column)))),
      element('tbody', {}, ...shown.map(({ run, colour }, row) => {
        const swatch = element('span', { class: 'dot' });
        swatch.style.background = colour;
        return element('tr', {}, element('th', { scope: 'row' }, swatch, runName(run)),
          ...texts.map((column) => element('td', { class: 'number' }, column[row])));
      }))));
  }

  #head(title, key) {
    const isSorted = this.#sort.key === key;
    return element('th', { scope: 'col', 'aria-sort': isSorted ? (this.#sort.descending ? 'descending' : 'ascending') : 'none' },
      element('button', {
        class: 'sort-button',
        onclick: () => {
          this.#sort = { key, descending: isSorted && !this.#sort.descending };
          this.#draw();
        },
      }, title, isSorted ? (this.#sort.descending ? ' ↓' : ' ↑') : ''));
  }
}
