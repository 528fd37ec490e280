// The panel at the left: which columns are shown, what their values must be like, and how their axes are spread.
import { element } from '../../page/html.js';
import { SCALES } from './axes.js';
import { STATUSES } from './choices.js';
import { regularExpression } from './constraints.js';
import { distinctValues } from './trials.js';
import { sayAll } from './values.js';

const MOST_CHECKBOXES = 9;
// Below, the panel stands above the trials; see hparams.css.
const WIDE = 900;

export class FiltersPanel {
  element = element('aside', { class: 'hp-filters', 'aria-label': 'Columns and filters' });
  #choices;
  #experiment;
  #fields = element('div', { class: 'hp-fields' });
  #drawn = '';
  #sameIsOpen = false;

  constructor(choices, experiment) {
    this.#choices = choices;
    this.#experiment = experiment;
    const details = element('details', { open: innerWidth > WIDE }, element('summary', {}, 'Columns and filters'), this.#fields);
    // Closed, it leaves its room to the trials.
    const fold = () => this.element.classList.toggle('closed', !details.open);
    details.addEventListener('toggle', fold);
    fold();
    this.element.append(details);
  }

  // Drawn anew only when there are other columns or values, so that nobody is disturbed while typing.
  update() {
    const { columns, trials } = this.#experiment;
    const parts = columns.map((column) => ({ column, values: distinctValues(column, trials) }));
    const drawn = JSON.stringify([parts, trials.length > 1]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#draw(parts, trials.length > 1);
  }

  // What was chosen has changed elsewhere.
  reset() {
    this.#drawn = '';
    this.update();
  }

  #draw(parts, areSeveral) {
    const of = (isWanted) => parts.filter(({ column }) => isWanted(column)).map((part) => this.#column(part));
    const isSame = (column) => areSeveral && !column.differs;
    const same = of((column) => column.kind === 'hparam' && isSame(column));
    this.#fields.replaceChildren(
      element('h3', {}, 'Metrics'), ...of((column) => column.kind === 'metric'),
      element('h3', {}, 'Hyperparameters'), ...of((column) => column.kind === 'hparam' && !isSame(column)),
      same.length === 0 ? '' : this.#foldedSame(same),
      element('h3', {}, 'Status'), this.#statuses(),
      element('button', { onclick: () => this.#clear() }, 'Clear all filters'));
  }

  // Most of a training run's settings are the same in all trials.
  #foldedSame(columns) {
    const details = element('details', { class: 'hp-same', open: this.#sameIsOpen }, element('summary', {}, `The same in all trials (${columns.length})`),
      element('div', { class: 'hp-fields' }, ...columns));
    details.addEventListener('toggle', () => (this.#sameIsOpen = details.open));
    return details;
  }

  #clear() {
    this.#choices.set('filters', []);
    this.#choices.set('brushes', []);
    this.#choices.set('statuses', Object.keys(STATUSES));
    this.reset();
  }

  #column({ column, values }) {
    const isShown = element('input', { type: 'checkbox', title: 'Show this column' });
    isShown.checked = this.#experiment.shown.includes(column);
    isShown.addEventListener('change', () => this.#show(column, isShown.checked));
    const head = element('div', { class: 'hp-column-head' },
      element('label', {}, isShown, element('span', { class: 'hp-column-name', title: column.title }, column.title)),
      column.type === 'number' ? this.#scale(column) : null);
    return element('div', { class: 'hp-column', role: 'group', 'aria-label': column.title }, head, this.#filter(column, values),
      column.description ? element('p', { class: 'note' }, column.description) : null);
  }

  #show(column, isShown) {
    const keys = this.#experiment.shown.map(({ key }) => key).filter((key) => key !== column.key);
    this.#choices.set('shown', isShown ? [...keys, column.key] : keys);
  }

  #scale(column) {
    const select = element('select', { 'aria-label': `Scale of ${column.title}`, title: 'Scale of its axis in the parallel coordinates and the scatter matrix' },
      ...SCALES.map((scale) => element('option', { value: scale }, scale)));
    select.value = this.#choices.scale(column.key);
    select.addEventListener('change', () => this.#choices.setScale(column.key, select.value));
    return select;
  }

  #filter(column, values) {
    const isDiscrete = column.kind === 'hparam' && values.length <= MOST_CHECKBOXES && (column.type !== 'number' || column.domain !== null);
    if (isDiscrete) return this.#checkboxes(column, values);
    return column.type === 'number' ? this.#interval(column, values) : this.#expression(column);
  }

  #checkboxes(column, values) {
    const chosen = this.#choices.filter(column.key)?.oneOf ?? values;
    const boxes = values.map((value) => {
      const box = element('input', { type: 'checkbox' });
      box.checked = chosen.includes(value);
      box.addEventListener('change', () => {
        const oneOf = values.filter((other, i) => boxes[i].checked);
        this.#choices.setFilter(column.key, oneOf.length === values.length ? null : { oneOf });
      });
      return box;
    });
    return element('div', { class: 'hp-values' }, ...sayAll(values).map((text, i) => element('label', {}, boxes[i], text)));
  }

  #interval(column, values) {
    const chosen = this.#choices.filter(column.key);
    const finite = values.filter(Number.isFinite);
    const [least, most] = sayAll(finite.length === 0 ? [] : [finite[0], finite.at(-1)]);
    const field = (end, name, otherwise) => {
      const input = element('input', { type: 'number', step: 'any', 'aria-label': `${name} of ${column.title}`, placeholder: otherwise ?? name });
      if (typeof chosen?.[end] === 'number') input.value = chosen[end];
      return input;
    };
    const min = field('min', 'Minimum', least);
    const max = field('max', 'Maximum', most);
    const number = (input) => (input.value === '' || Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber);
    for (const input of [min, max]) {
      input.addEventListener('input', () => this.#choices.setFilter(column.key, { min: number(min), max: number(max) }));
    }
    return element('div', { class: 'hp-interval' }, min, element('span', { 'aria-hidden': 'true' }, 'to'), max);
  }

  #expression(column) {
    const input = element('input', { type: 'search', placeholder: 'Filter (regex)', 'aria-label': `Regular expression that ${column.title} must match` });
    input.value = this.#choices.filter(column.key)?.matches ?? '';
    input.addEventListener('input', () => {
      input.setAttribute('aria-invalid', regularExpression(input.value) === null);
      this.#choices.setFilter(column.key, { matches: input.value });
    });
    return input;
  }

  #statuses() {
    const boxes = Object.entries(STATUSES).map(([status, name]) => {
      const box = element('input', { type: 'checkbox', value: status });
      box.checked = this.#choices.get('statuses').includes(status);
      box.addEventListener('change', () => this.#choices.set('statuses', boxes.map((label) => label.firstChild).filter((one) => one.checked).map((one) => one.value)));
      return element('label', {}, box, name);
    });
    return element('div', { class: 'hp-values' }, ...boxes);
  }
}
