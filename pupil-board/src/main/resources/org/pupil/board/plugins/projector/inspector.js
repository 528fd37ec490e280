// Finds points, tells what is known of the chosen one, and which are nearest to it.
import { element } from '../../page/html.js';
import { numbers } from '../../page/parts/format.js';
import { searchPoints } from './metadata.js';
import { DISTANCES } from './neighbours.js';
import { range } from './method-panel.js';

const MOST_NEIGHBOURS = 200;

export class Inspector {
  #query = element('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search points' });
  #column = element('select', { 'aria-label': 'Column to search' });
  #regex = element('button', { 'aria-pressed': 'false', title: 'Regular expression', 'aria-label': 'Regular expression' }, '.*');
  #found = element('div', { class: 'projector-found' });
  #point = element('div', { 'aria-live': 'polite' });
  #data = null;
  count = 20;
  distance = 'cosine';

  // actions: {choose(row, -1 for none), chooseAll(rows), labelOf(row), pictureOf(row), settingsChanged(), isolate(), showAll(), isIsolated()}
  constructor(actions) {
    this.actions = actions;
    this.buttons = element('div', { class: 'projector-buttons' });
    const kind = element('select', { 'aria-label': 'Distance' }, ...DISTANCES.map((name) => element('option', { value: name }, name === 'cosine' ? 'Cosine' : 'Euclidean')));
    kind.addEventListener('change', () => {
      this.distance = kind.value;
      actions.settingsChanged();
    });
    const count = range('Nearest', this.count, { min: 1, max: MOST_NEIGHBOURS, step: 1 }, (value) => value, (value) => {
      this.count = value;
      actions.settingsChanged();
    });
    this.element = element('section', { 'aria-label': 'Points' },
      element('div', { class: 'projector-search' }, this.#query, this.#regex, this.#column), this.#found,
      element('div', { class: 'projector-distance' }, count, kind), this.buttons, this.#point);
    this.#query.addEventListener('input', () => this.#search());
    this.#column.addEventListener('change', () => this.#search());
    this.#regex.addEventListener('click', () => {
      this.#regex.setAttribute('aria-pressed', this.#regex.getAttribute('aria-pressed') === 'false');
      this.#search();
    });
  }

  show(data) {
    this.#data = data;
    this.#column.replaceChildren(...data.metadata.names.map((name, i) => element('option', { value: i }, `in ${name}`)));
    this.#column.hidden = data.metadata.names.length < 2;
    this.#query.value = '';
    this.#search();
    this.showPoint(null, []);
  }

  #search() {
    const query = this.#query.value;
    this.#found.replaceChildren();
    this.#query.setAttribute('aria-invalid', false);
    if (query === '' || this.#data === null) return;
    const found = searchPoints(this.#data.metadata.valuesOf(Number(this.#column.value)), query, this.#regex.getAttribute('aria-pressed') === 'true');
    if (found === null) {
      this.#query.setAttribute('aria-invalid', true);
      return;
    }
    this.#found.append(
      element('p', { class: 'note' }, `${found.total.toLocaleString()} found${found.total > found.indices.length ? `, the first ${found.indices.length} are listed` : ''}. `,
        found.total > 0 ? element('button', { class: 'link-button', onclick: () => this.actions.chooseAll(found.all) }, 'Select them all') : null),
      element('ul', {}, ...found.indices.map((row) => element('li', {}, element('button', { class: 'link-button', onclick: () => this.actions.choose(row) }, this.actions.labelOf(row))))));
  }

  // row: the chosen point or null; neighbours: [{index, distance}]; selected: how many are chosen.
  showPoint(row, neighbours, selected = 0) {
    this.buttons.replaceChildren();
    if (selected > 0) {
      this.buttons.append(element('button', { onclick: () => this.actions.isolate() }, `Show only these ${selected}`), element('button', { onclick: () => this.actions.choose(-1) }, 'Clear selection'));
    }
    if (this.actions.isIsolated()) this.buttons.append(element('button', { onclick: () => this.actions.showAll() }, 'Show all points'));
    if (row === null) {
      this.#point.replaceChildren(element('p', { class: 'note' }, selected === 0 ? 'Select a point, here or in the picture, to see its neighbours.' : `${selected} points selected.`));
      return;
    }
    const { metadata } = this.#data;
    const largest = Math.max(1e-12, ...neighbours.map((one) => one.distance));
    const distances = numbers(neighbours.map(({ distance }) => distance), 3);
    this.#point.replaceChildren(
      element('h3', {}, this.actions.labelOf(row)),
      this.actions.pictureOf(row),
      element('dl', { class: 'projector-facts' }, ...metadata.names.flatMap((name, i) => [element('dt', {}, name), element('dd', {}, metadata.valuesOf(i)[row])])),
      element('h4', {}, 'Nearest'),
      element('ol', { class: 'projector-nearest' }, ...neighbours.map(({ index, distance }, i) => element('li', {},
        element('button', { class: 'link-button', onclick: () => this.actions.choose(index) }, this.actions.labelOf(index)),
        element('span', { class: 'number' }, distances[i]),
        element('span', { class: 'projector-bar', style: `width:${(100 * distance) / largest}%` })))));
  }
}
