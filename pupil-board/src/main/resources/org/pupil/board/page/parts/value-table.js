// A table below a chart: what each run has at the selected step, or between two steps.
import { element } from '../html.js';
import * as format from './format.js';
import { compareNaturally } from './natural-order.js';

const SINGLE = [
  ['Smoothed', 'smoothed', format.number],
  ['Value', 'value', format.number],
  ['Step', 'step', format.step],
  ['Relative', 'relative', format.duration],
];

const RANGE = [
  ['Min', 'min', format.number],
  ['Max', 'max', format.number],
  ['Start value', 'startValue', format.number],
  ['End value', 'endValue', format.number],
  ['Change', 'change', format.number],
  ['Change %', 'changePart', format.percent],
  ['Mean', 'mean', format.number],
  ['Start step', 'startStep', format.step],
  ['End step', 'endStep', format.step],
  ['Step at min', 'stepAtMin', format.step],
  ['Step at max', 'stepAtMax', format.step],
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
    this.element.hidden = false;
    this.element.replaceChildren(element('table', { class: 'table' },
      element('thead', {}, element('tr', {}, this.#head('Run', 'run'), ...columns.map(([title, column]) => this.#head(title, column)))),
      element('tbody', {}, ...sorted.slice(0, MOST_ROWS).map(({ run, colour, values }) => {
        const swatch = element('span', { class: 'dot' });
        swatch.style.background = colour;
        return element('tr', {}, element('th', { scope: 'row' }, swatch, run),
          ...columns.map(([, column, say]) => element('td', { class: 'number' }, say(values[column]))));
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
