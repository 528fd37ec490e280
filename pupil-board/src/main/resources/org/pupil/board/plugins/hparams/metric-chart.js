// How a metric went in the sessions of a trial: a small chart over the steps.
import uPlot from '../../libraries/uplot/uPlot.esm.js';
import { element } from '../../page/html.js';
import { horizontalLabels } from '../../page/parts/chart-axes.js';
import * as format from '../../page/parts/format.js';

const HEIGHT = 170;
const FONT = '11px system-ui, sans-serif';

export class MetricChart {
  element;
  #plotted = element('div', { class: 'hp-plot', role: 'img' });
  #note = element('p', { class: 'note' });
  #title;
  #series = [];
  #plot = null;
  #shown = '';
  #resize = new ResizeObserver(() => this.#fit());

  constructor(title) {
    this.#title = title;
    this.element = element('figure', { class: 'card hp-chart' }, element('figcaption', {}, title), this.#plotted, this.#note);
    this.#resize.observe(this.#plotted);
  }

  destroy() {
    this.#resize.disconnect();
    this.#plot?.destroy();
  }

  // series: [{ name, colour, points: [[time, step, value]] }]
  show(series) {
    const text = JSON.stringify(series);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#series = series.filter(({ points }) => points.length > 0);
    const last = this.#series.map(({ name, points }) => `${name}: ${format.number(Number(points.at(-1)[2]))} at step ${format.step(points.at(-1)[1])}`);
    this.#note.textContent = last.length === 0 ? 'No measurements.' : last.length === 1 ? `Last ${last[0].replace(/^.*?: (?=\S+ at step)/, '')}` : '';
    this.#plotted.setAttribute('aria-label', `${this.#title} by step. ${last.join('; ')}`);
    this.redraw();
  }

  // Colours are taken from the theme, which uPlot asks for only once.
  redraw() {
    this.#plot?.destroy();
    this.#plot = null;
    this.#plotted.hidden = this.#series.length === 0;
    const width = this.#plotted.clientWidth;
    if (this.#series.length === 0 || width === 0) return;
    const css = getComputedStyle(this.#plotted);
    const axis = { stroke: css.getPropertyValue('--ink-soft'), font: FONT, grid: { stroke: css.getPropertyValue('--line'), width: 1 }, ticks: { show: false } };
    this.#plot = new uPlot({
      width,
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      scales: { x: { time: false } },
      axes: [{ ...axis, size: 26, ...horizontalLabels('step') }, { ...axis, size: 54, values: (plot, splits) => format.ticks(splits) }],
      series: [
        { label: 'Step', value: (plot, step) => (step === null ? '–' : format.step(step)) },
        ...this.#series.map(({ name, colour, points }) => ({
          label: name, stroke: colour, width: 1.5, points: { show: points.length < 3 },
          value: (plot, value, at, i) => (value === null || value === undefined ? '–' : format.numberBeside(value, besides(plot.data[at], i))),
        })),
      ],
    }, joined(this.#series), this.#plotted);
  }

  #fit() {
    const width = this.#plotted.clientWidth;
    if (width === 0) return;
    if (this.#plot === null) this.redraw();
    else if (this.#plot.width !== width) this.#plot.setSize({ width, height: HEIGHT });
  }
}

// What this series has before and behind an index.
function besides(values, i) {
  const found = (step) => {
    let at = i + step;
    while (at >= 0 && at < values.length && !Number.isFinite(values[at])) at += step;
    return values[at];
  };
  return i === null ? [] : [found(-1), found(1)].filter(Number.isFinite);
}

// NaN and infinite values are gaps.
function joined(series) {
  return uPlot.join(series.map(({ points }) => [
    points.map(([, step]) => step),
    points.map(([, , value]) => (Number.isFinite(value) ? value : null)),
  ]));
}
