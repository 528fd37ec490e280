// The list of runs at the left: which are shown, in which colour.
import { element } from './html.js';
import { longName } from './long-name.js';
import { Runs } from './runs.js';
import { runName } from './run-name.js';

const ROWS_AT_ONCE = 300;

export class RunsPanel {
  #runs;
  #settings;
  #list = element('ul', { class: 'run-list' });
  #all = element('input', { type: 'checkbox', 'aria-label': 'Show all runs' });
  #filter = element('input', { type: 'search', placeholder: 'Filter runs (regex)', 'aria-label': 'Filter runs by a regular expression' });
  #sort = element('select', { 'aria-label': 'Sort runs' },
    element('option', { value: 'time' }, 'by start'),
    element('option', { value: 'name' }, 'by name'));
  #grouping = element('input', { type: 'search', placeholder: 'Colour by (regex)', 'aria-label': 'Runs whose names have the same part, as captured by this regular expression, share a colour' });
  #note = element('p', { class: 'note' });
  #rows = ROWS_AT_ONCE;

  constructor(container, runs, settings) {
    this.#runs = runs;
    this.#settings = settings;
    this.#filter.value = runs.pattern;
    this.#grouping.value = runs.colourPattern;
    this.#sort.value = settings.get('runOrder', 'time');
    this.#filter.addEventListener('input', () => (runs.pattern = this.#filter.value));
    this.#grouping.addEventListener('input', () => (runs.colourPattern = this.#grouping.value));
    this.#sort.addEventListener('change', () => {
      settings.set('runOrder', this.#sort.value);
      this.#draw();
    });
    this.#all.addEventListener('change', () => {
      const shown = this.#ordered().filter((run) => run.matches).map((run) => run.name);
      runs.setVisible(shown, this.#all.checked);
    });
    container.append(
      element('div', { class: 'run-head' }, element('label', { class: 'all' }, this.#all, 'Runs'), this.#sort),
      this.#filter, this.#list, this.#note,
      element('details', { class: 'grouping' }, element('summary', {}, 'Colours'), this.#grouping));
    runs.onChange(() => this.#draw());
    this.#draw();
  }

  #ordered() {
    const all = this.#runs.all();
    if (this.#sort.value === 'name') {
      all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    }
    return all;
  }

  #draw() {
    const all = this.#ordered();
    const matching = all.filter((run) => run.matches);
    const on = matching.filter((run) => run.on).length;
    this.#all.checked = matching.length > 0 && on === matching.length;
    this.#all.indeterminate = on > 0 && on < matching.length;
    const invalid = Runs.expression(this.#runs.pattern) === null;
    this.#filter.setAttribute('aria-invalid', invalid);
    this.#list.replaceChildren(...matching.slice(0, this.#rows).map((run) => this.#row(run)));
    if (matching.length > this.#rows) {
      this.#list.append(element('li', {}, element('button', {
        class: 'link-button',
        onclick: () => {
          this.#rows += ROWS_AT_ONCE;
          this.#draw();
        },
      }, `${matching.length - this.#rows} more`)));
    }
    this.#note.textContent = invalid ? 'This is not a valid regular expression.'
      : all.length === 0 ? 'No runs yet.'
        : matching.length < all.length ? `${matching.length} of ${all.length} runs match.` : '';
  }

  #row(run) {
    const box = element('input', { type: 'checkbox' });
    box.checked = run.on;
    box.addEventListener('change', () => this.#runs.setVisible([run.name], box.checked));
    const colour = element('input', { type: 'color', class: 'swatch', value: run.colour, title: 'Change colour', 'aria-label': `Colour of ${runName(run.name)}` });
    colour.addEventListener('change', () => this.#runs.setColour(run.name, colour.value));
    const name = longName(run.name);
    name.classList.add('name');
    name.title = `${runName(run.name)} (double-click: show only this)`;
    name.addEventListener('dblclick', () => this.#runs.showOnly(run.name));
    return element('li', { class: run.hasCurves ? '' : 'no-curves' }, element('label', {}, box, name), colour);
  }
}
