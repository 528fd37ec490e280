// Above the trials: which view, coloured by what, how many, and the table as a file.
import { element } from '../../page/html.js';
import * as format from '../../page/parts/format.js';
import { save } from '../../page/parts/download.js';
import { VIEWS } from './choices.js';
import { sayTrials } from './values.js';

const FORMATS = { csv: ['CSV', 'csv', 'text/csv'], json: ['JSON', 'json', 'application/json'], latex: ['LaTeX', 'tex', 'application/x-latex'] };

const EXPLANATIONS = {
  table: 'Each row is a trial: a training run with its settings (hyperparameters) and its results (metrics). Open a row to see how its metrics developed.',
  parallel: 'Each line is a trial and crosses each axis at its value. Drag along an axis to keep only the lines that pass through that range. Drag a title to move its axis.',
  scatter: 'Each dot is a trial. If the dots rise, fall or bend, the setting matters for the metric. Drag a rectangle to keep only the dots inside it.',
};

export class Toolbar {
  element = element('header', { class: 'hp-toolbar' });
  #choices;
  #experiment;
  #board;
  #views;
  #colour = element('select');
  #legend = element('span', { class: 'hp-legend', hidden: true });
  #count = element('span', { class: 'hp-count', role: 'status' });
  #unbrush;
  #explanation = element('p', { class: 'note' });
  #drawn = '';

  constructor(choices, experiment, board) {
    this.#choices = choices;
    this.#experiment = experiment;
    this.#board = board;
    this.#views = Object.entries(VIEWS).map(([view, title]) => element('button', { 'data-view': view, onclick: () => choices.set('view', view) }, title));
    this.#colour.addEventListener('change', () => choices.set('colour', this.#colour.value || null));
    this.#unbrush = element('button', { onclick: () => choices.set('brushes', []), hidden: true }, 'Clear selection');
    this.element.append(
      element('div', { class: 'segments', role: 'group', 'aria-label': 'View' }, ...this.#views),
      element('label', { class: 'hp-colour' }, 'Colour by', this.#colour), this.#legend,
      element('div', { class: 'hp-summary' }, this.#count, this.#unbrush),
      element('span', { class: 'hp-downloads', role: 'group', 'aria-label': 'Download the table' }, 'Download',
        ...Object.entries(FORMATS).map(([kind, [title]]) => element('button', { onclick: () => this.#download(kind) }, title))), this.#explanation);
  }

  update(colouring) {
    const view = this.#choices.get('view');
    for (const button of this.#views) button.setAttribute('aria-pressed', button.dataset.view === view);
    this.#explanation.textContent = EXPLANATIONS[view];
    this.#updateColours(colouring);
    const shown = this.#experiment.chosen.length;
    const all = this.#experiment.trials.length;
    const text = shown === all ? sayTrials(all) : `${format.count(shown)} of ${sayTrials(all)}`;
    if (this.#count.textContent !== text) this.#count.textContent = text;
    this.#unbrush.hidden = this.#choices.get('brushes').length === 0;
  }

  #updateColours(colouring) {
    const numeric = this.#experiment.columns.filter((column) => column.type === 'number');
    const drawn = JSON.stringify(numeric.map(({ key, title }) => [key, title]));
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#colour.replaceChildren(element('option', { value: '' }, 'nothing'), ...numeric.map(({ key, title }) => element('option', { value: key }, title)));
    }
    const chosen = this.#choices.get('colour');
    this.#colour.value = numeric.some(({ key }) => key === chosen) ? chosen : '';
    this.#legend.hidden = colouring.ends === null;
    if (colouring.ends === null) return;
    const bar = element('span', { class: 'hp-gradient' });
    bar.style.background = `linear-gradient(90deg, ${colouring.ends.join(', ')})`;
    const [least, greatest] = format.numbers([colouring.least, colouring.greatest]);
    this.#legend.replaceChildren(least, bar, greatest);
  }

  async #download(kind) {
    const [, ending, type] = FORMATS[kind];
    try {
      save(await this.#experiment.download(kind), `hparams_table.${ending}`, type);
    } catch (error) {
      this.#board.say(`The table could not be loaded: ${error.message}`);
    }
  }
}
