// How the values of one tag and run are spread, all steps in one drawing, with a line below that reads what is pointed at.
import { element } from '../html.js';
import { onceAFrame } from './options.js';
import { sayPointCount } from './point-count.js';
import { RunCard } from './run-card.js';

export class SpreadCard extends RunCard {
  #path;
  #chart = element('div', { class: 'histogram-chart' });
  #readout = element('p', { class: 'histogram-readout', 'aria-live': 'polite' });
  #data = null;
  #width = 0;
  #sizes = new ResizeObserver(() => this.#chart.clientWidth !== this.#width && this.draw());
  draw = onceAFrame(() => this.isInSight && this.#drawNow());

  // path: of the rows. A kind of card writes `read(rows)`, which answers { data, count }, data null for nothing to draw and count
  // how many steps are in it, and `paint(chart, data, look, readout)`.
  constructor(page, spec, path) {
    super(page, spec);
    this.#path = path;
    this.body.append(this.#chart, this.#readout);
  }

  show() {
    this.#sizes.observe(this.#chart);
    super.show();
  }

  hide() {
    super.hide();
    this.#sizes.disconnect();
    this.#chart.replaceChildren();
  }

  update() {
    super.update();
    this.draw();
  }

  optionChanged(key) {
    if (key === this.page.timeAxisOption) this.draw();
  }

  themeChanged() {
    this.draw();
  }

  async load() {
    const { run, tag } = this.spec;
    const response = await this.page.board.api.response(this.#path, { run, tag });
    const { data, count } = this.read(await response.json());
    this.#data = data;
    this.note(sayPointCount(response.headers.get('X-Pupil-Points'), 'steps', count));
    this.draw();
  }

  #drawNow() {
    this.#width = this.#chart.clientWidth;
    if (this.#data === null || this.#width === 0) return;
    const { options, board, timeAxisOption } = this.page;
    const { title, run } = this.spec;
    const look = { axis: options.get(timeAxisOption), colour: board.runs.colour(run), label: `${title}, run ${run}` };
    this.paint(this.#chart, this.#data, look, (text) => (this.#readout.textContent = text));
  }
}
