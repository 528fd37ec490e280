// Which columns are shown, how they are filtered, and their scales.
import { element } from '../html.js';
import { SCALES } from './scales.js';
import { distinctValues, expressionOf, FEW_VALUES, STATUSES, valueText } from './trials.js';

// state: {columns, visible: Set, filters: Map, statuses: Set, scales: Map, trials}; changed() is called after each change.
export class ColumnPanel {
  constructor(state, changed) {
    this.state = state;
    this.changed = changed;
    this.body = element('div', { class: 'hparams-columns' });
    this.element = element('aside', { class: 'hparams-panel card', 'aria-label': 'Columns and filters' },
      element('div', { class: 'hparams-panel-head' }, element('span', { class: 'note' }, 'Shown when ticked'), element('button', { class: 'link-button', onclick: () => this.#clear() }, 'No filters')), this.body);
  }

  draw() {
    const { columns } = this.state;
    this.body.replaceChildren(
      this.#statuses(),
      ...this.#section('Settings', columns.filter((column) => column.kind === 'hparam')),
      ...this.#section('Results', columns.filter((column) => column.kind === 'metric')));
  }

  #clear() {
    this.state.filters.clear();
    this.state.statuses = new Set(STATUSES.map(([status]) => status));
    this.draw();
    this.changed();
  }

  #statuses() {
    return element('details', {}, element('summary', {}, 'Status'), element('div', { class: 'hparams-filter' },
      ...STATUSES.map(([status, text]) => checkbox(text, this.state.statuses.has(status), (on) => {
        if (on) this.state.statuses.add(status);
        else this.state.statuses.delete(status);
        this.changed();
      }))));
  }

  #section(title, columns) {
    if (columns.length === 0) return [];
    return [element('h4', {}, title), ...columns.map((column) => this.#column(column))];
  }

  #column(column) {
    const { visible, filters } = this.state;
    const shown = checkbox(column.title, visible.has(column.id), (on) => {
      if (on) visible.add(column.id);
      else visible.delete(column.id);
      this.changed();
    });
    shown.title = column.description || column.title;
    const body = element('div', { class: 'hparams-filter' });
    const details = element('details', { class: 'hparams-column', open: filters.has(column.id) },
      element('summary', { 'aria-label': `Filter of ${column.title}` }, filters.has(column.id) ? 'filter ●' : 'filter'), body);
    const fill = () => body.childElementCount === 0 && body.append(...this.#filter(column, details.firstChild));
    if (details.open) fill();
    details.addEventListener('toggle', fill);
    return element('div', { class: 'hparams-column-row' }, shown, details);
  }

  #set(column, filter, summary) {
    if (filter === null) this.state.filters.delete(column.id);
    else this.state.filters.set(column.id, filter);
    summary.textContent = filter === null ? 'filter' : 'filter ●';
    this.changed();
  }

  #filter(column, summary) {
    const values = distinctValues(this.state.trials, column.id);
    const parts = [];
    if (column.kind === 'hparam' && values.length < FEW_VALUES) parts.push(...this.#choices(column, values, summary));
    else if (column.isNumber) parts.push(this.#interval(column, summary));
    else parts.push(this.#pattern(column, summary));
    if (column.isNumber) parts.push(this.#scale(column));
    return parts;
  }

  #choices(column, values, summary) {
    const chosen = new Set(this.state.filters.get(column.id)?.values ?? values);
    return values.map((value) => checkbox(valueText(value), chosen.has(value), (on) => {
      if (on) chosen.add(value);
      else chosen.delete(value);
      this.#set(column, chosen.size === values.length ? null : { values: new Set(chosen) }, summary);
    }));
  }

  #interval(column, summary) {
    const now = this.state.filters.get(column.id) ?? {};
    const input = (label, value) => element('input', { type: 'number', step: 'any', placeholder: label, 'aria-label': `${label} of ${column.title}`, value });
    const low = input('smallest', now.low);
    const high = input('largest', now.high);
    const apply = () => {
      const filter = {};
      if (low.value !== '') filter.low = Number(low.value);
      if (high.value !== '') filter.high = Number(high.value);
      this.#set(column, Object.keys(filter).length === 0 ? null : filter, summary);
    };
    low.addEventListener('input', apply);
    high.addEventListener('input', apply);
    return element('div', { class: 'hparams-interval' }, low, '–', high);
  }

  #pattern(column, summary) {
    const input = element('input', { type: 'search', placeholder: 'regex', 'aria-label': `Regular expression for ${column.title}`, value: this.state.filters.get(column.id)?.pattern ?? '' });
    input.addEventListener('input', () => {
      input.setAttribute('aria-invalid', expressionOf(input.value) === null);
      this.#set(column, input.value === '' ? null : { pattern: input.value }, summary);
    });
    return input;
  }

  #scale(column) {
    const select = element('select', { 'aria-label': `Scale of ${column.title}` }, ...SCALES.map(([value, text]) => element('option', { value }, text)));
    select.value = this.state.scales.get(column.id) ?? 'linear';
    select.addEventListener('change', () => {
      this.state.scales.set(column.id, select.value);
      this.changed();
    });
    return element('label', { class: 'hparams-scale' }, 'Scale ', select);
  }
}

export function checkbox(text, checked, onChange) {
  const input = element('input', { type: 'checkbox' });
  input.checked = checked;
  input.addEventListener('change', () => onChange(input.checked));
  return element('label', { class: 'hparams-check' }, input, element('span', {}, text));
}
