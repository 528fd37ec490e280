// The box beside the pointer that says what is there: a table, one row for each line.
import { element } from '../html.js';
import { longName } from '../long-name.js';

const DISTANCE = 16;

export class Tooltip {
  #box = element('div', { class: 'tooltip', hidden: true, 'aria-hidden': 'true' });

  constructor() {
    document.body.append(this.#box);
  }

  destroy() {
    this.#box.remove();
  }

  hide() {
    this.#box.hidden = true;
  }

  // columns: titles; rows: [{ colour, cells, isNearest }]; more: how many rows are left out.
  show(clientX, clientY, columns, rows, more) {
    this.#box.replaceChildren(
      element('table', {},
        element('thead', {}, element('tr', {}, element('th'), ...columns.map((title) => element('th', {}, title)))),
        element('tbody', {}, ...rows.map(row))),
      more > 0 ? element('p', { class: 'note' }, `and ${more} more`) : '');
    this.#box.hidden = false;
    const { offsetWidth, offsetHeight } = this.#box;
    const right = clientX + DISTANCE + offsetWidth > innerWidth;
    const left = right ? Math.max(4, clientX - DISTANCE - offsetWidth) : clientX + DISTANCE;
    const top = Math.max(4, Math.min(clientY + DISTANCE, innerHeight - offsetHeight - 4));
    this.#box.style.left = `${left}px`;
    this.#box.style.top = `${top}px`;
  }
}

function row({ colour, cells, isNearest }) {
  const swatch = element('span', { class: 'dot' });
  swatch.style.background = colour;
  return element('tr', { class: isNearest ? 'nearest' : '' },
    element('td', {}, swatch), ...cells.map((cell, i) => element('td', { class: i > 0 ? 'number' : 'run' }, i > 0 ? cell : longName(cell))));
}
