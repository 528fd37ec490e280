// A tag of scalars: a line for each run.
import { element } from '../../page/html.js';
import { ChartCard } from '../../page/parts/chart-card.js';
import { extent, extentWithoutOutliers, fitLinear, fitLog, fitTime } from '../../page/parts/chart-domain.js';
import { openDownloadDialog } from './download-dialog.js';
import * as format from '../../page/parts/format.js';
import { icon } from '../../page/parts/icons.js';
import { atStep, between } from './step-statistics.js';
import { StepSelector } from './step-selector.js';
import { nearestOf, pointsAt, sortPoints } from '../../page/parts/tooltip-order.js';
import { ValueTable } from '../../page/parts/value-table.js';

const MOST_DOTS = 30;

export class ScalarCard extends ChartCard {
  #state;
  #selector = null;
  #table = new ValueTable();
  #loading = false;
  #loadAgain = false;
  #summary = element('p', { class: 'visually-hidden' });

  // state: what this card keeps while it is out of sight.
  constructor(page, spec, state) {
    super(page, spec);
    this.#state = state;
    this.element.classList.add('scalar-card');
    page.addPinButton(this, spec);
    const log = this.addButton('log', 'Logarithmic y axis', () => {
      state.log = !state.log;
      log.setAttribute('aria-pressed', state.log);
      this.draw();
    }, Boolean(state.log));
    log.classList.add('word');
    this.addButton(icon('fit'), 'Fit chart to data', () => this.chart?.zoom(null));
    page.addWidthButton(this, state);
    this.addButton(icon('download'), 'Download', () => openDownloadDialog(page.board, spec.tag, this.#lines().map((line) => line.key), this.chart));
    this.body.append(this.plot, this.#summary, this.#table.element);
  }

  show() {
    if (this.#state.domain) this.#state.restore = true;
    super.show();
    this.#selector = new StepSelector(this.chart, (range) => this.#select(range));
  }

  viewChanged() {
    this.#state.domain = this.chart.isZoomed ? this.chart.domain : null;
    this.#selectSteps();
    super.viewChanged();
  }

  // New data, other runs, or other options.
  update() {
    if (this.chart === null) return;
    this.draw();
    this.#load();
  }

  async #load() {
    if (this.#loading) {
      this.#loadAgain = true;
      return;
    }
    this.#loading = true;
    try {
      do {
        this.#loadAgain = false;
        await this.page.store.load(this.spec.tag, this.runs, () => this.draw());
      } while (this.#loadAgain && this.chart !== null);
      this.element.classList.remove('failed');
    } catch (error) {
      this.element.classList.add('failed');
      this.note(`The points could not be loaded: ${error.message}`);
    } finally {
      this.#loading = false;
      this.draw(); // also where nothing came
    }
  }

  #lines() {
    const { store, options, board } = this.page;
    const smoothing = options.get('smoothing');
    const axis = options.get('xAxis');
    const lines = [];
    for (const run of this.runs) {
      const series = store.series(this.spec.tag, run);
      if (series === null || series.size === 0) continue;
      const raw = series.values;
      lines.push({
        key: run, colour: board.runs.colour(run), series, xs: series.xs(axis),
        ys: smoothing > 0 ? series.smoothed(smoothing) : raw, raw: smoothing > 0 ? raw : null,
      });
    }
    return lines;
  }

  drawNow() {
    const { options } = this.page;
    const lines = this.#lines();
    const axis = options.get('xAxis');
    const log = Boolean(this.#state.log);
    const xs = extent(lines.map((line) => line.xs));
    this.chart.lines = lines;
    this.chart.setAxes(axis, log);
    this.chart.setHome(axis === 'wall' ? fitTime(xs) : fitLinear(xs), this.#fitY(lines.map((line) => line.ys), log));
    if (this.#state.restore) {
      this.#state.restore = false;
      this.chart.zoom(this.#state.domain);
    }
    this.chart.draw();
    this.#selectSteps();
    this.#sayHowMuch(lines);
  }

  #fitY(ys, log) {
    const ignoreOutliers = this.page.options.get('ignoreOutliers');
    if (log) return fitLog(ys, ignoreOutliers);
    return fitLinear(ignoreOutliers ? extentWithoutOutliers(ys) : extent(ys));
  }

  #sayHowMuch(lines) {
    const shown = lines.reduce((sum, { series }) => sum + series.size, 0);
    const seen = lines.reduce((sum, { series }) => sum + series.seen, 0);
    const loading = this.#loading && lines.length < this.runs.length;
    if (!this.element.classList.contains('failed')) {
      this.note(loading ? sayLoading(this.runs.length - lines.length)
        : this.runs.length === 0 ? 'None of the runs shown has this tag.'
          : seen > shown ? `Showing ${format.count(shown)} of ${format.count(seen)} points, including all peaks` : '');
    }
    const last = lines.slice(0, 20).map(({ key, series }) => `${key}: ${format.number(series.values[series.size - 1])} at step ${format.step(series.steps[series.size - 1])}`);
    this.#summary.textContent = `Latest values: ${last.join('; ')}${lines.length > 20 ? '; and others' : ''}`;
    this.describeChart(`Chart of ${this.spec.title} for ${lines.length} ${lines.length === 1 ? 'run' : 'runs'}. Press plus or minus to zoom, arrow keys to pan, zero to show everything.`);
  }

  // --- steps that are selected ---------------------------------------------------------------------

  #select(range) {
    this.#state.selected = range;
    if (this.page.options.get('linkSteps')) this.page.options.link(range);
    else this.#selectSteps();
  }

  #selectSteps() {
    const { options } = this.page;
    const mode = options.get('stepSelection');
    if (this.chart.over === null) return;
    if (mode === 'off' || options.get('xAxis') !== 'step' || this.chart.lines.length === 0) {
      this.#selector.show(null);
      this.#table.hide();
      return;
    }
    const range = this.#selection(mode);
    this.#selector.show(range);
    const smoothing = options.get('smoothing');
    this.#table.show(this.chart.lines.map(({ key, colour, series }) => ({
      run: key,
      colour,
      values: mode === 'range' ? between(series, range.from, range.to) : atStep(series, series.smoothed(smoothing), range.from),
    })), mode === 'range');
  }

  // Without a choice: the newest step, or all of them.
  #selection(mode) {
    const { options } = this.page;
    const chosen = (options.get('linkSteps') ? options.linked : null) ?? this.#state.selected;
    const [min, max] = extent(this.chart.lines.map((line) => line.series.steps)) ?? [0, 0];
    if (mode !== 'range') return { from: chosen?.to ?? chosen?.from ?? max, to: null };
    if (!chosen) return { from: min, to: max };
    return chosen.to === null ? { from: min, to: Math.max(min, chosen.from) } : chosen;
  }

  // --- tooltip -------------------------------------------------------------------------------------

  pointed(pointer) {
    const { options } = this.page;
    const place = { x: (value) => this.chart.xToPixel(value), y: (value) => this.chart.yToPixel(value) };
    const points = pointsAt(this.chart.lines, { x: pointer.x, y: pointer.y, value: this.chart.pixelToX(pointer.x) }, place);
    const nearest = nearestOf(points);
    const sorted = sortPoints(points, options.get('tooltipOrder'));
    const shown = sorted.slice(0, options.get('tooltipRows') || Infinity);
    const isSmoothed = options.get('smoothing') > 0;
    return {
      columns: ['Run', ...(isSmoothed ? ['Smoothed'] : []), 'Value', 'Step', 'Time', 'Relative'],
      rows: shown.map((point) => tooltipRow(point, isSmoothed, point === nearest)),
      more: sorted.length - shown.length,
      points: shown.filter(({ dy }) => Number.isFinite(dy)).slice(0, MOST_DOTS),
    };
  }
}

function tooltipRow({ line, index }, isSmoothed, isNearest) {
  const { series, colour, key, ys } = line;
  // What stands before and behind it reads differently, however near it is.
  const neighbours = (values) => [values[index - 1], values[index + 1]].filter(Number.isFinite);
  const { values, times } = series;
  const relative = (at) => times[at] - times[0];
  return {
    colour,
    isNearest,
    cells: [
      key,
      ...(isSmoothed ? [format.numberBeside(ys[index], neighbours(ys))] : []),
      format.numberBeside(values[index], neighbours(values)),
      format.step(series.steps[index]),
      format.dateTime(times[index]),
      format.durationBeside(relative(index), [relative(index - 1), relative(index + 1)].filter(Number.isFinite)),
    ],
  };
}

function sayLoading(runs) {
  return runs === 1 ? 'Loading …' : `Loading ${format.count(runs)} runs …`;
}
