// Precision against recall of one tag: a curve for each run, each at its own step.
import { element } from '../html.js';
import { Card } from './card.js';
import * as format from './format.js';
import { icon } from './icons.js';
import { LineChart } from './line-chart.js';
import { onceAFrame } from './options.js';
import { StepSlider } from './step-slider.js';

const ROOM = [-0.05, 1.05];

export class PrCurveCard extends Card {
  #page;
  #spec;
  #chart = null;
  #plot = element('div', { class: 'chart square' });
  #steps = element('div', { class: 'run-steps' });
  #sliders = new Map();
  #versions = '';
  #mark = element('div', { class: 'chart-dots', 'aria-hidden': 'true' });
  #draw = onceAFrame(() => this.#chart && this.#drawNow());

  constructor(page, spec, state) {
    super(spec.title, '', spec.description);
    this.#page = page;
    this.#spec = spec;
    this.element.classList.add('pr-card');
    this.addButton(icon('fit'), 'Show the whole curves', () => this.#chart?.zoom(null));
    page.addWidthButton(this, state);
    this.body.append(this.#plot, this.#steps);
  }

  show() {
    this.#chart = new LineChart(this.#plot);
    this.#chart.onHover = (pointer) => this.#hover(pointer);
    this.#chart.onView = () => this.#hover(null);
    this.update();
  }

  hide() {
    this.#hover(null);
    this.#chart?.destroy();
    this.#chart = null;
    this.#plot.replaceChildren();
  }

  update() {
    if (this.#chart === null) return;
    this.#draw();
    const runs = this.#runs();
    const versions = JSON.stringify(runs.map((run) => [run, this.#page.board.runs.version(run)]));
    if (versions === this.#versions) return;
    this.#versions = versions;
    this.#load(runs).catch((error) => {
      this.#versions = '';
      this.note(error.message);
    });
  }

  // Other runs have this tag now.
  runsChanged(runsOf) {
    const runs = runsOf.get(this.#spec.id);
    if (runs) this.#spec = { ...this.#spec, runs };
  }

  optionChanged() {}

  themeChanged() {
    this.#chart?.redrawInTheme();
    this.#draw();
  }

  #runs() {
    return this.#page.board.runs.visible().filter((run) => this.#spec.runs.has(run));
  }

  async #load(runs) {
    const curves = runs.length === 0 ? {} : await this.#page.board.api.json('data/plugin/pr_curves/pr_curves', { tag: this.#spec.tag, run: runs });
    for (const run of runs) {
      if (!this.#sliders.has(run)) this.#sliders.set(run, new StepSlider(`${this.#spec.title} of ${run}`, () => this.#draw()));
      this.#sliders.get(run).update((curves[run] ?? []).map((curve) => ({ ...curve, time: curve.wall_time })));
    }
    for (const run of [...this.#sliders.keys()]) {
      if (!runs.includes(run)) this.#sliders.delete(run);
    }
    this.#steps.replaceChildren(...[...this.#sliders].map(([run, slider]) => {
      const dot = element('span', { class: 'dot', 'data-run': run });
      return element('div', { class: 'run-step' }, element('span', { class: 'run-name', title: run }, dot, run), slider.element);
    }));
    this.note('');
    this.#draw();
  }

  #drawNow() {
    const { runs } = this.#page.board;
    const lines = [...this.#sliders].filter(([, slider]) => slider.point !== null).map(([run, { point }]) => ({
      key: run, colour: runs.colour(run), xs: point.recall, ys: point.precision, raw: null, point,
    }));
    for (const dot of this.#steps.querySelectorAll('.dot')) dot.style.background = runs.colour(dot.dataset.run);
    this.#chart.lines = lines;
    this.#chart.setAxes('plain', false);
    this.#chart.setHome(ROOM, ROOM);
    this.#chart.draw();
    const { over } = this.#chart;
    if (over === null) return;
    over.tabIndex = 0;
    over.setAttribute('role', 'group');
    over.setAttribute('aria-label', `Precision against recall of ${this.#spec.title} for ${lines.length} ${lines.length === 1 ? 'run' : 'runs'}: ${lines.map(sayMiddle).join('; ')}`);
  }

  #hover(pointer) {
    const { tooltip } = this.#page;
    if (pointer === null || this.#chart.lines.length === 0) {
      if (this.#mark.parentNode !== null) {
        this.#mark.remove();
        tooltip.hide();
      }
      return;
    }
    const found = this.#chart.lines.map((line) => nearestOnCurve(this.#chart, line, pointer));
    const nearest = found.reduce((best, one) => (one.distance < best.distance ? one : best));
    tooltip.show(pointer.clientX, pointer.clientY, ['Run', 'Threshold', 'Precision', 'Recall', 'TP', 'FP', 'TN', 'FN', 'Step'],
      found.map(({ line, index }) => ({
        colour: line.colour,
        isNearest: line === nearest.line,
        cells: [
          line.key,
          ...['thresholds', 'precision', 'recall', 'true_positives', 'false_positives', 'true_negatives', 'false_negatives'].map((key) => format.number(line.point[key][index])),
          format.step(line.point.step),
        ],
      })), 0);
    this.#mark.replaceChildren(...found.map(({ line, index }) => {
      const dot = element('span');
      dot.style.cssText = `left:${this.#chart.xToPixel(line.xs[index])}px;top:${this.#chart.yToPixel(line.ys[index])}px;background:${line.colour}`;
      return dot;
    }));
    if (this.#mark.parentNode !== this.#chart.over) this.#chart.over.append(this.#mark);
  }
}

// Where thresholds are as near to one half as they can be.
function sayMiddle({ key, point }) {
  let best = 0;
  point.thresholds.forEach((threshold, i) => {
    if (Math.abs(threshold - 0.5) < Math.abs(point.thresholds[best] - 0.5)) best = i;
  });
  return `${key} at threshold ${format.number(point.thresholds[best])}: precision ${format.number(point.precision[best])}, recall ${format.number(point.recall[best])}`;
}

function nearestOnCurve(chart, line, { x, y }) {
  let found = { line, index: 0, distance: Infinity };
  for (let index = 0; index < line.xs.length; index++) {
    const distance = Math.hypot(chart.xToPixel(line.xs[index]) - x, chart.yToPixel(line.ys[index]) - y);
    if (distance < found.distance) found = { line, index, distance };
  }
  return found;
}
