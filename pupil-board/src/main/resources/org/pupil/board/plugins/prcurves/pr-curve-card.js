// Precision against recall of one tag: a curve for each run, at the step that the slider says.
import { element } from '../../page/html.js';
import { longName } from '../../page/long-name.js';
import { ChartCard } from '../../page/parts/chart-card.js';
import * as format from '../../page/parts/format.js';
import { icon } from '../../page/parts/icons.js';
import { sayPointCount } from '../../page/parts/point-count.js';
import { averagePrecision, curveAt, curvesOf, nearestThreshold, stepsOf } from './pr-curves.js';
import { StepSlider } from '../../page/parts/step-slider.js';

const ROOM = [-0.03, 1.03];
const TABLE_THRESHOLDS = [0, 0.1, 0.25, 0.5, 0.75, 0.9];
const MOST_RUNS_IN_TABLE = 50;
const COUNTS = ['true_positives', 'false_positives', 'true_negatives', 'false_negatives'];

export class PrCurveCard extends ChartCard {
  #slider;
  #legend = element('tbody');
  #table = element('tbody');
  #values;
  #curves = new Map();
  #versions = '';

  constructor(page, spec, state) {
    super(page, spec);
    this.element.classList.add('pr-card');
    this.plot.classList.add('square');
    this.addButton(icon('fit'), 'Show the full curves', () => this.chart?.zoom(null));
    page.addWidthButton(this, state);
    this.#slider = new StepSlider(spec.title, () => this.draw());
    this.#values = element('details', { class: 'pr-values', ontoggle: () => this.draw() }, element('summary', {}, 'Values'),
      table(['Run', 'Threshold', 'Precision', 'Recall', 'TP', 'FP', 'TN', 'FN'], this.#table));
    this.body.append(element('p', { class: 'pr-axis' }, '↑ Precision'), this.plot, element('p', { class: 'pr-axis right' }, 'Recall →'),
      this.#slider.element, table(['Run', 'Step', 'Average precision'], this.#legend), this.#values);
  }

  update() {
    if (this.chart === null) return;
    this.draw();
    const runs = this.runs;
    const versions = JSON.stringify(runs.map((run) => [run, this.page.board.runs.version(run)]));
    if (versions === this.#versions) return;
    this.#versions = versions;
    this.#load(runs).catch((error) => {
      this.#versions = '';
      this.note(error.message);
    });
  }

  optionChanged() {}

  async #load(runs) {
    const versions = this.#versions;
    const { curves, count } = await curvesOf(this.page.board.api, this.spec.tag, runs);
    if (versions !== this.#versions) return;
    this.#curves = new Map(runs.map((run) => [run, curves[run] ?? []]));
    this.#slider.update(stepsOf(this.#curves));
    this.note(sayPointCount(count, 'curves'));
    this.draw();
  }

  drawNow() {
    const { runs } = this.page.board;
    const step = this.#slider.point?.step ?? 0;
    const lines = [...this.#curves].map(([run, curves]) => ({ key: run, colour: runs.colour(run), curve: curveAt(curves, step) }))
      .filter(({ curve }) => curve !== null && curve.recall.length > 0)
      .map((line) => ({ ...line, xs: line.curve.recall, ys: line.curve.precision, raw: null }));
    const averages = format.numbers(lines.map((line) => averagePrecision(line.curve)));
    this.#legend.replaceChildren(...lines.map((line, i) => row(line, [format.step(line.curve.step), averages[i]])));
    if (this.#values.open) this.#table.replaceChildren(...lines.slice(0, MOST_RUNS_IN_TABLE).flatMap(tableRows));
    this.chart.lines = lines;
    this.chart.setAxes('plain', false);
    this.chart.setHome(ROOM, ROOM);
    this.chart.draw();
    this.describeChart(`Precision against recall of ${this.spec.title} for ${lines.length} ${lines.length === 1 ? 'run' : 'runs'}: ${lines.map(sayMiddle).join('; ')}`);
  }

  pointed(pointer) {
    const found = this.chart.lines.map((line) => nearestOnCurve(this.chart, line, pointer));
    const nearest = found.reduce((best, one) => (one.distance < best.distance ? one : best));
    return {
      columns: ['Run', 'Threshold', 'Precision', 'Recall', 'TP', 'FP', 'TN', 'FN', 'Step'],
      rows: found.map(({ line, index }) => ({
        colour: line.colour,
        isNearest: line === nearest.line,
        cells: [line.key, ...valuesAt(line.curve, index), format.step(line.curve.step)],
      })),
      more: 0,
      points: found,
    };
  }
}

function table(titles, rows) {
  return element('div', { class: 'value-table' }, element('table', { class: 'table' },
    element('thead', {}, element('tr', {}, ...titles.map((title, i) => element('th', { scope: 'col', class: i > 0 ? 'number' : '' }, title)))), rows));
}

function row({ key, colour }, cells) {
  const dot = element('span', { class: 'dot' });
  dot.style.background = colour;
  return element('tr', {}, element('th', { scope: 'row', title: key }, longName(key, dot)), ...cells.map((cell) => element('td', { class: 'number' }, cell)));
}

function tableRows(line) {
  const places = new Set(TABLE_THRESHOLDS.map((threshold) => nearestThreshold(line.curve, threshold)));
  return [...places].map((place) => row(line, valuesAt(line.curve, place)));
}

// Threshold, precision, recall and the four counts.
function valuesAt(curve, place) {
  const rates = ['thresholds', 'precision', 'recall'].map((name) => {
    const values = curve[name];
    return format.numberBeside(Number(values[place]), [values[place - 1], values[place + 1]].filter(isGiven).map(Number));
  });
  return [...rates, ...COUNTS.map((name) => format.number(Number(curve[name][place])))];
}

function isGiven(value) {
  return value !== undefined;
}

function sayMiddle({ key, curve }) {
  const place = nearestThreshold(curve, 0.5);
  return `${key} at threshold ${format.number(curve.thresholds[place])}: precision ${format.number(curve.precision[place])}, recall ${format.number(curve.recall[place])}`;
}

function nearestOnCurve(chart, line, { x, y }) {
  let found = { line, index: 0, distance: Infinity };
  for (let index = 0; index < line.xs.length; index++) {
    const distance = Math.hypot(chart.xToPixel(line.xs[index]) - x, chart.yToPixel(line.ys[index]) - y);
    if (distance < found.distance) found = { line, index, distance };
  }
  return found;
}
