// Lines over an axis of steps or times. uPlot draws the axes; the lines are drawn here, each with its own x values.
import uPlot from '../../libraries/uplot/uPlot.esm.js';
import { element } from '../html.js';
import { horizontalLabels, logarithmicSplits, sayPlace, sayPlaces, verticalLabels } from './chart-axes.js';
import { toFraction, fromFraction } from './chart-domain.js';
import { drawLine } from './chart-lines.js';
import { addGestures } from './chart-gestures.js';

const RAW_OPACITY = 0.25;
const MANY_LINES = 20;
const SLOW_MILLIS = 30;
const RESTING_MILLIS = 250;
// uPlot itself would label powers of ten only, of which a narrow stretch has none.
const LOGARITHMIC = { splits: (plot, axis, min, max) => logarithmicSplits(min, max), filter: (plot, splits) => splits };
const FONT = '11px system-ui, sans-serif';

export class LineChart {
  // What is drawn: [{ key, colour, xs, ys, raw }]; raw is null or the values before smoothing.
  lines = [];
  // Called with the pointer's place as fractions and in pixels of the plot, or null when it leaves.
  onHover = () => {};
  // Called when a person zoomed, moved or reset.
  onView = () => {};

  #container;
  #uplot = null;
  #axis = 'step';
  #log = false;
  #home = { x: [0, 1], y: [0, 1] };
  #zoomed = null;
  #resize;
  #gestures = null;
  #cost = 0;
  #drawnAt = 0;
  #finish = 0;

  constructor(container) {
    this.#container = container;
    this.#resize = new ResizeObserver(() => this.#fitSize());
    this.#resize.observe(container);
  }

  destroy() {
    this.#resize.disconnect();
    this.#remove();
  }

  #remove() {
    this.#gestures?.abort();
    clearTimeout(this.#finish);
    this.#uplot?.destroy();
    this.#uplot = null;
  }

  // axis: step, relative, wall or plain.
  setAxes(axis, log) {
    if (axis === this.#axis && log === this.#log && this.#uplot !== null) return;
    if (axis !== this.#axis || log !== this.#log) this.#zoomed = null;
    this.#axis = axis;
    this.#log = log;
    this.#remove();
  }

  // The stretches of a chart that is not zoomed.
  setHome(x, y) {
    this.#home = { x, y };
  }

  get domain() {
    return this.#zoomed ?? this.#home;
  }

  get log() {
    return this.#log;
  }

  get isZoomed() {
    return this.#zoomed !== null;
  }

  // Null: all of it.
  zoom(domain) {
    this.#zoomed = domain && isUsable(domain) ? domain : null;
    this.#show();
    this.onView();
  }

  draw() {
    if (this.#uplot === null) this.#create();
    else this.#show();
  }

  // Colours come from the theme, which uPlot asks for only once.
  redrawInTheme() {
    this.#remove();
    this.draw();
  }

  #show() {
    if (this.#uplot === null) return;
    const { x, y } = this.domain;
    this.#uplot.batch(() => {
      this.#uplot.setData([x, [null, null]], false);
      this.#uplot.setScale('x', { min: x[0], max: x[1] });
      this.#uplot.setScale('y', { min: y[0], max: y[1] });
    });
  }

  // The place of the plot without its axes, in pixels of the page: {left, top, width, height} below the container.
  get plot() {
    const { over } = this.#uplot;
    return { left: over.offsetLeft, top: over.offsetTop, width: over.clientWidth, height: over.clientHeight };
  }

  // Where an overlay is put.
  get over() {
    return this.#uplot?.over ?? null;
  }

  xToPixel(x) {
    return toFraction(x, this.domain.x, false) * this.over.clientWidth;
  }

  yToPixel(y) {
    return (1 - toFraction(y, this.domain.y, this.#log)) * this.over.clientHeight;
  }

  pixelToX(pixel) {
    return fromFraction(pixel / this.over.clientWidth, this.domain.x, false);
  }

  // A place on the horizontal axis in words.
  sayX(value) {
    return sayPlace(this.#axis, value);
  }

  // Some of them, so that they read differently.
  sayXs(values) {
    return sayPlaces(this.#axis, values);
  }

  async png() {
    const source = this.#uplot.ctx.canvas;
    const canvas = element('canvas', { width: source.width, height: source.height });
    const context = canvas.getContext('2d');
    context.fillStyle = this.#colour('--card');
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  }

  #colour(name) {
    return getComputedStyle(this.#container).getPropertyValue(name).trim();
  }

  #fitSize() {
    const { clientWidth, clientHeight } = this.#container;
    if (this.#uplot === null || clientWidth === 0) return;
    if (clientWidth !== this.#uplot.width || clientHeight !== this.#uplot.height) {
      this.#uplot.setSize({ width: clientWidth, height: clientHeight });
    }
  }

  #create() {
    const { x } = this.domain;
    const width = this.#container.clientWidth;
    if (width === 0) return;
    const axis = (rest) => ({
      stroke: this.#colour('--ink-soft'),
      grid: { stroke: this.#colour('--line'), width: 1 },
      ticks: { stroke: this.#colour('--line'), width: 1, size: 4 },
      font: FONT,
      gap: 4,
      ...rest,
    });
    this.#uplot = new uPlot({
      width,
      height: this.#container.clientHeight,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      select: { show: false },
      scales: {
        x: { time: this.#axis === 'wall', auto: false, range: () => this.domain.x },
        y: { distr: this.#log ? 3 : 1, log: 10, auto: false, range: () => this.domain.y },
      },
      axes: [
        axis({ size: this.#axis === 'wall' ? 38 : 26, space: 70, ...horizontalLabels(this.#axis) }),
        axis({ size: (plot, values) => 14 + 6.2 * Math.max(3, ...(values ?? []).map((value) => value?.length ?? 0)), space: 34, ...(this.#log ? LOGARITHMIC : {}), values: (plot, splits) => verticalLabels(splits, this.#log) }),
      ],
      series: [{}, { show: true }],
      hooks: { draw: [(plot) => this.#drawLines(plot)] },
    }, [x, [null, null]], this.#container);
    this.#gestures = new AbortController();
    addGestures(this, this.#gestures.signal);
    this.#show();
  }

  #drawLines(plot) {
    const { ctx, bbox } = plot;
    const { x, y } = this.domain;
    const scale = {
      x,
      columns: Math.max(1, Math.round(bbox.width)),
      toX: (value) => bbox.left + toFraction(value, x, false) * bbox.width,
      toY: (value) => bbox.top + (1 - toFraction(value, y, this.#log)) * bbox.height,
    };
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const started = performance.now();
    const isHasty = this.#cost > SLOW_MILLIS && started - this.#drawnAt < RESTING_MILLIS;
    const style = { columns: isHasty ? scale.columns >> 2 : scale.columns, isThin: this.lines.length > MANY_LINES };
    for (const line of this.lines) {
      if (line.raw && !isHasty) drawLine(ctx, { ...line, ys: line.raw }, scale, { ...style, opacity: RAW_OPACITY });
    }
    for (const line of this.lines) drawLine(ctx, line, scale, { ...style, opacity: 1 });
    ctx.restore();
    this.#rest(started, isHasty);
  }

  // Many lines take long. While one picture follows another they are drawn coarsely, and well when that has ended.
  #rest(started, isHasty) {
    this.#drawnAt = performance.now();
    if (!isHasty) this.#cost = this.#drawnAt - started;
    clearTimeout(this.#finish);
    if (isHasty) this.#finish = setTimeout(() => this.#uplot?.redraw(false, false), RESTING_MILLIS);
  }
}

function isUsable({ x, y }) {
  const isStretch = ([min, max]) => Number.isFinite(min) && Number.isFinite(max) && max - min > Math.abs(max) * 1e-12;
  return isStretch(x) && isStretch(y);
}
