// Histograms of one tag and run: all steps at once.
import { rowsOf } from '../histogram/cards.js';
import { rebin, thinned } from '../histogram/rebin.js';
import { drawRidges } from '../histogram/ridges.js';
import { element } from '../html.js';
import { Card } from './card.js';
import * as format from './format.js';
import { onceAFrame } from './options.js';

// More ridges than this are one black heap.
const MOST_RIDGES = 120;

export class HistogramCard extends Card {
  #page;
  #spec;
  #state;
  #chart = element('div', { class: 'histogram-chart' });
  #readout = element('p', { class: 'histogram-readout', 'aria-live': 'polite' });
  #binned = null;
  #version = -1;
  #isShown = false;
  #width = 0;
  #sizes = new ResizeObserver(() => this.#chart.clientWidth !== this.#width && this.#draw());
  #draw = onceAFrame(() => this.#isShown && this.#drawNow());

  constructor(page, spec, state) {
    super(spec.title, spec.run, spec.description);
    this.#page = page;
    this.#spec = spec;
    this.#state = state;
    page.addPinButton(this, spec);
    const overlay = this.addButton('≡', 'All on one line', () => {
      state.overlay = !state.overlay;
      overlay.setAttribute('aria-pressed', state.overlay);
      this.#draw();
    }, Boolean(state.overlay));
    page.addWidthButton(this, state);
    this.body.classList.add('histogram-page', 'embedded');
    this.body.append(this.#chart, this.#readout);
  }

  show() {
    this.#isShown = true;
    this.#sizes.observe(this.#chart);
    this.update();
    this.#draw();
  }

  hide() {
    this.#isShown = false;
    this.#sizes.disconnect();
    this.#chart.replaceChildren();
  }

  update() {
    const { runs } = this.#page.board;
    const { run } = this.#spec;
    this.colour = runs.colour(run);
    if (!this.#isShown) return;
    this.#draw();
    if (this.#version === runs.version(run)) return;
    this.#version = runs.version(run);
    this.#load().catch((error) => {
      this.#version = -1;
      this.note(error.message);
    });
  }

  optionChanged(key) {
    if (key === 'xAxis') this.#draw();
  }

  themeChanged() {
    this.#draw();
  }

  async #load() {
    const { run, tag } = this.#spec;
    const { data, shown, seen } = await rowsOf(this.#page.board, 'data/plugin/histograms/histograms', { run, tag });
    const steps = thinned(data, MOST_RIDGES).map(([wallTime, step, buckets]) => ({ wallTime, step, buckets }));
    this.#binned = steps.length === 0 ? null : rebin(steps);
    this.note(seen > shown ? `${format.count(Math.min(shown, steps.length))} of ${format.count(seen)} steps` : '');
    this.#draw();
  }

  #drawNow() {
    this.#width = this.#chart.clientWidth;
    if (this.#binned === null || this.#width === 0) return;
    const { options, board } = this.#page;
    drawRidges(this.#chart, this.#binned, {
      axis: options.get('xAxis'),
      mode: this.#state.overlay ? 'overlay' : 'offset',
      colour: board.runs.colour(this.#spec.run),
      label: `${this.#spec.title}, run ${this.#spec.run}`,
    }, (text) => (this.#readout.textContent = text));
  }
}
