// Training against validation, step by step, as SVG. What a pointer shows, the arrow keys show too.
import { element, svg } from '../../page/html.js';
import { lowerBound } from '../../page/parts/columns.js';
import * as format from '../../page/parts/format.js';

const MOST_POINTS = 1200;
const FEWEST_DIGITS = 3;
const HEIGHT = 240;
const MARGIN = { top: 10, right: 14, bottom: 26, left: 46 };
const SERIES = [
  { id: 'train', name: 'training' },
  { id: 'validation', name: 'validation' },
];

// The compact form of points: see /data/plugin/pupil/points.
function decoded(buffer) {
  const n = new DataView(buffer).getUint32(0, true);
  const bytes = new DataView(buffer).getUint32(4, true);
  return {
    seen: Number(new DataView(buffer).getBigUint64(8, true)),
    steps: new Float64Array(buffer.slice(16, 16 + 8 * n)),
    values: new (bytes === 8 ? Float64Array : Float32Array)(buffer.slice(16 + 16 * n, 16 + (16 + bytes) * n)),
  };
}

// The mean of what lies within a fiftieth of all points: single batches are drawn by chance.
function smoothed(values) {
  const reach = Math.floor(values.length / 100);
  if (reach < 2) return values;
  const sums = new Float64Array(values.length + 1);
  const counts = new Float64Array(values.length + 1);
  values.forEach((value, i) => {
    const finite = Number.isFinite(value);
    sums[i + 1] = sums[i] + (finite ? value : 0);
    counts[i + 1] = counts[i] + (finite ? 1 : 0);
  });
  return values.map((_, i) => {
    const from = Math.max(0, i - reach);
    const to = Math.min(values.length, i + reach + 1);
    return (sums[to] - sums[from]) / (counts[to] - counts[from]);
  });
}

function nearest(steps, step) {
  const next = Math.min(lowerBound(steps, step), steps.length - 1);
  return next > 0 && step - steps[next - 1] < steps[next] - step ? next - 1 : next;
}

export class LearningChart {
  #title;
  #percent;
  #svg = svg('svg', { class: 'chart', tabindex: 0, role: 'img' });
  #readout = element('p', { class: 'readout' });
  #note = element('p', { class: 'figure-note' });
  #curves = {};
  #key = '';
  #at = null;
  #scales = null;
  #observer = new ResizeObserver(() => this.draw());

  constructor(title, options) {
    this.#title = title;
    this.#percent = options.percent;
    this.root = element('div', { class: 'learning-chart' },
      element('div', { class: 'chart-head' }, element('h3', {}, title), this.#readout), this.#svg, this.#note);
    this.#svg.addEventListener('pointermove', (event) => this.#point(event.clientX));
    this.#svg.addEventListener('pointerleave', () => this.#look(null));
    this.#svg.addEventListener('blur', () => this.#look(null));
    this.#svg.addEventListener('keydown', (event) => this.#step(event));
    this.#observer.observe(this.#svg);
  }

  close() {
    this.#observer.disconnect();
  }

  // Fetches the points only if there are others than before.
  async show(board, answer, name) {
    const wanted = SERIES.filter((series) => answer.curves[series.id]?.[name] !== undefined);
    const key = JSON.stringify([answer.session, answer.started, wanted.map((series) => answer.curves[series.id][name])]);
    if (key === this.#key) return;
    const fetched = await Promise.all(wanted.map(async (series) => {
      const curve = answer.curves[series.id];
      const points = decoded(await board.api.bytes('data/plugin/pupil/points', { run: curve.run, tag: curve[name].tag, most: MOST_POINTS }));
      return [series.id, { ...points, smooth: smoothed(points.values) }];
    }));
    this.#key = key;
    this.#curves = Object.fromEntries(fetched);
    const shown = this.#curves.train;
    this.#note.textContent = shown && shown.seen > shown.steps.length ? `Showing ${format.count(shown.steps.length)} of ${format.count(shown.seen)} points of the training curve.` : '';
    this.draw();
  }

  draw() {
    const width = this.#svg.clientWidth;
    if (width === 0) return;
    this.#svg.replaceChildren();
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    const curves = Object.values(this.#curves).filter((curve) => curve.steps.length > 0);
    if (curves.length === 0) {
      this.#svg.append(svg('text', { x: width / 2, y: HEIGHT / 2, 'text-anchor': 'middle', class: 'axis-text' }, 'no points yet'));
      return;
    }
    const x = d3.scaleLinear().domain([0, Math.max(1, ...curves.map((curve) => curve.steps[curve.steps.length - 1]))]).range([MARGIN.left, width - MARGIN.right]);
    const y = d3.scaleLinear().domain(this.#range(curves)).nice(5).range([HEIGHT - MARGIN.bottom, MARGIN.top]);
    this.#scales = { x, y };
    this.#axes(x, y, width);
    for (const series of SERIES) {
      const curve = this.#curves[series.id];
      if (!curve) continue;
      if (curve.smooth !== curve.values) this.#line(curve.steps, curve.values, `line faint ${series.id}`);
      this.#line(curve.steps, curve.smooth, `line ${series.id}`);
    }
    this.#cursor = svg('g', { class: 'cursor' });
    this.#svg.append(this.#cursor);
    this.#look(this.#at);
    this.#svg.setAttribute('aria-label', this.#inWords());
  }

  #cursor = null;

  #range(curves) {
    const all = curves.flatMap((curve) => [...curve.values].filter(Number.isFinite)).sort((a, b) => a - b);
    if (all.length === 0) return [0, 1];
    if (this.#percent) return [Math.min(0.9, all[Math.floor(all.length * 0.01)]), 1];
    // A wild beginning must not press the rest to the floor.
    const most = all[Math.min(all.length - 1, Math.ceil(all.length * 0.995))];
    return [0, Math.max(most, 1e-3)];
  }

  // The value at a place, in so many digits that its neighbours read differently.
  #say(values, i) {
    if (!Number.isFinite(values[i])) return String(values[i]);
    const neighbours = [values[i - 1], values[i + 1]].filter(Number.isFinite);
    return this.#percent ? format.percentBeside(values[i], neighbours) : format.numberBeside(values[i], neighbours, FEWEST_DIGITS);
  }

  #axes(x, y, width) {
    const heights = y.ticks(5);
    const texts = format.ticks(this.#percent ? heights.map((tick) => 100 * tick) : heights);
    heights.forEach((tick, i) => {
      this.#svg.append(
        svg('line', { class: 'grid', x1: MARGIN.left, x2: width - MARGIN.right, y1: y(tick), y2: y(tick) }),
        svg('text', { class: 'axis-text', x: MARGIN.left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, this.#percent ? `${texts[i]} %` : texts[i]));
    });
    const ticks = x.ticks(Math.max(2, Math.floor(width / 110))).filter(Number.isInteger);
    for (const tick of ticks) {
      this.#svg.append(svg('text', { class: 'axis-text', x: x(tick), y: HEIGHT - 8, 'text-anchor': tick === 0 ? 'start' : 'middle' }, format.count(tick)));
    }
  }

  #line(steps, values, kind) {
    const { x, y } = this.#scales;
    const [bottom, top] = y.range();
    const path = d3.line().defined((i) => Number.isFinite(values[i])).x((i) => x(steps[i])).y((i) => Math.max(top - 4, Math.min(bottom, y(values[i]))));
    this.#svg.append(svg('path', { class: kind, d: path(d3.range(steps.length)) ?? '' }));
    if (steps.length === 1 && Number.isFinite(values[0])) this.#svg.append(svg('circle', { class: `dot ${kind}`, cx: x(steps[0]), cy: y(values[0]), r: 3 }));
  }

  #point(clientX) {
    if (this.#scales === null) return;
    const box = this.#svg.getBoundingClientRect();
    this.#look(this.#scales.x.invert(clientX - box.left));
  }

  #step(event) {
    if (this.#scales === null) return;
    const [from, to] = this.#scales.x.domain();
    const stride = (to - from) / 50;
    const next = { ArrowLeft: (this.#at ?? to) - stride, ArrowRight: (this.#at ?? from) + stride, Home: from, End: to }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#look(Math.max(from, Math.min(to, next)));
  }

  // Shows the values at a step; at no step the last ones.
  #look(step) {
    this.#at = step;
    if (this.#cursor === null) return;
    this.#cursor.replaceChildren();
    const parts = [];
    for (const series of SERIES) {
      const curve = this.#curves[series.id];
      if (!curve || curve.steps.length === 0) continue;
      const i = step === null ? curve.steps.length - 1 : nearest(curve.steps, step);
      parts.push(element('span', { class: `key ${series.id}` }, `${series.name} `, element('strong', {}, this.#say(curve.values, i)), step === null ? '' : ` (step ${format.count(curve.steps[i])})`));
      if (step !== null && Number.isFinite(curve.values[i])) {
        const { x, y } = this.#scales;
        this.#cursor.append(svg('circle', { class: `dot ${series.id}`, cx: x(curve.steps[i]), cy: Math.max(y.range()[1] - 4, y(curve.values[i])), r: 4 }));
      }
    }
    if (step !== null) {
      const x = this.#scales.x(step);
      this.#cursor.prepend(svg('line', { class: 'hair', x1: x, x2: x, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom }));
    }
    this.#readout.replaceChildren(...parts);
    this.#svg.setAttribute('aria-label', this.#inWords());
  }

  #inWords() {
    return `${this.#title} by step: ${this.#readout.textContent || 'no points'}. Arrow keys read other steps.`;
  }
}
