// Many trials with different settings: which settings lead to which results.
import { element } from '../../page/html.js';
import { Tooltip } from '../../page/parts/tooltip.js';
import { axisOf } from './axes.js';
import { Choices } from './choices.js';
import { colouring } from './colours.js';
import { Experiment } from './experiment.js';
import { FiltersPanel } from './filters-panel.js';
import { ParallelPlot } from './parallel-plot.js';
import { ScatterMatrix } from './scatter-matrix.js';
import { Toolbar } from './toolbar.js';
import { TrialDetails } from './trial-details.js';
import { TrialTable } from './trial-table.js';
import { sayBeside } from './values.js';
import { runName } from '../../page/run-name.js';

export const tab = { id: 'hparams', title: 'HParams', plugins: ['hparams'] };

export function mount(container, board) {
  return new HParamsPage(container, board);
}

class HParamsPage {
  #board;
  #choices;
  #experiment;
  #filters;
  #toolbar;
  #details;
  #views;
  #viewAt = element('div', { class: 'hp-view' });
  #openedAt = element('section', { class: 'hp-opened card', hidden: true, 'aria-label': 'Selected trial' });
  #opened = null;
  #tooltip = new Tooltip();
  #colouring = null;
  #stops = [];
  #resize;
  #asked = false;
  #isLoading = false;
  #isOpen = true;

  constructor(container, board) {
    this.#board = board;
    this.#choices = new Choices(board.view);
    this.#experiment = new Experiment(board.api, this.#choices);
    this.#filters = new FiltersPanel(this.#choices, this.#experiment);
    this.#toolbar = new Toolbar(this.#choices, this.#experiment, board);
    this.#details = new TrialDetails(board, this.#experiment);
    this.#views = {
      table: new TrialTable(this.#choices, this.#experiment, this.#details),
      parallel: new ParallelPlot(this.#choices, this.#experiment),
      scatter: new ScatterMatrix(this.#choices, this.#experiment),
    };
    for (const view of [this.#views.parallel, this.#views.scatter]) {
      view.onHover = (trial, event) => this.#hover(trial, event);
      view.onOpen = (trial) => this.#open(trial);
    }
    container.append(element('div', { class: 'hp-page' }, this.#filters.element,
      element('div', { class: 'hp-content' }, this.#toolbar.element, this.#viewAt, this.#openedAt)));
    this.#choices.onChange((key) => this.#chosen(key));
    this.#stops = [
      board.theme.onChange(() => this.#themeChanged()),
      board.runs.onChange(() => this.#details.update()),
      board.view.onChange(() => {
        this.#choices.read();
        this.#filters.reset();
        this.refresh();
        this.#draw();
      }),
    ];
    this.#resize = new ResizeObserver(([{ contentRect }]) => this.#widthIs(contentRect.width));
    this.#resize.observe(this.#viewAt);
    this.refresh();
  }

  // One question at a time; what happens meanwhile is asked for afterwards.
  async refresh() {
    this.#asked = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      while (this.#asked && this.#isOpen) {
        this.#asked = false;
        const isNew = await this.#experiment.load();
        if (this.#isOpen && isNew) {
          this.#filters.update();
          this.#drawNow();
        }
        if (this.#isOpen) this.#details.update();
      }
    } catch (error) {
      this.#board.say(`The trials could not be loaded: ${error.message}`);
    } finally {
      this.#isLoading = false;
    }
  }

  unmount() {
    this.#isOpen = false;
    this.#stops.forEach((stop) => stop());
    this.#resize.disconnect();
    this.#details.destroy();
    this.#tooltip.destroy();
  }

  #chosen(key) {
    if (key === 'statuses') this.refresh();
    if (key === 'shown') this.#details.update();
    this.#draw();
  }

  #themeChanged() {
    this.#drawNow();
    this.#details.redraw();
  }

  #width = 0;

  // The height follows from what is drawn; only another width asks for another drawing.
  #widthIs(width) {
    if (width === this.#width) return;
    this.#width = width;
    if (this.#choices.get('view') !== 'table') this.#draw();
  }

  #drawing = false;

  // Once a frame, however much was chosen.
  #draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      if (this.#isOpen) this.#drawNow();
    });
  }

  #drawNow() {
    const axes = new Map(this.#experiment.columns.map((column) => [column.key, this.#axis(column)]));
    const column = this.#experiment.column(this.#choices.get('colour'));
    const css = getComputedStyle(document.documentElement);
    const plain = { plain: css.getPropertyValue('--accent'), missing: css.getPropertyValue('--ink-soft') };
    this.#colouring = colouring(column, column && axes.get(column.key), this.#board.theme.dark, plain);
    const view = this.#views[this.#choices.get('view')];
    if (this.#viewAt.firstChild !== view.element) {
      this.#viewAt.replaceChildren(view.element);
      this.#open(null);
    }
    this.#tooltip.hide();
    this.#toolbar.update(this.#colouring);
    if (this.#experiment.trials.length === 0) this.#viewAt.replaceChildren(this.#nothing());
    else view.draw(this.#colouring, axes);
  }

  #axis(column) {
    return axisOf(column, this.#experiment.trials, this.#choices.scale(column.key));
  }

  #nothing() {
    const isFiltered = this.#choices.get('statuses').length < 4;
    return element('p', { class: 'note' }, isFiltered
      ? 'No trial has any of the statuses selected on the left.'
      : 'There are no trials yet. A trial is a run that records its hyperparameters when it starts.');
  }

  #hover(trial, event) {
    if (trial === null) {
      this.#tooltip.hide();
      return;
    }
    const rows = this.#experiment.shown.map((column) => ({ colour: 'transparent', cells: [column.title, this.#say(column, trial)] }));
    this.#tooltip.show(event.clientX, event.clientY, [nameOf(trial), ''], rows, 0);
  }

  #say({ key }, trial) {
    return sayBeside(trial.values.get(key), this.#experiment.trials.map(({ values }) => values.get(key)));
  }

  // Below the plot: all of the trial that was chosen in it.
  #open(trial) {
    if (this.#opened !== null) this.#details.close(this.#opened);
    this.#opened = trial?.name ?? null;
    this.#openedAt.hidden = trial === null;
    if (trial === null) {
      this.#openedAt.replaceChildren();
      return;
    }
    this.#openedAt.replaceChildren(
      element('div', { class: 'hp-opened-head' }, element('h3', {}, runName(trial.name || '.')),
        element('button', { class: 'icon-button', title: 'Close', 'aria-label': 'Close', onclick: () => this.#open(null) }, '✕')),
      this.#details.of(trial));
    this.#openedAt.scrollIntoView({ block: 'nearest' });
  }
}

// Names are often long codes.
function nameOf({ name }) {
  return name.length > 32 ? `${name.slice(0, 31)}…` : runName(name || '.');
}
