// A matrix of little plots: every shown column against every shown metric, a dot for each trial.
import { element } from '../../page/html.js';
import { apart, stretchOf } from './axes.js';
import { Dragging, drawnOf, nearestOf, short } from './trial-plots.js';

const { d3 } = globalThis;
const CELL = { least: 110, most: 220 };
const GAP = 12;
const MARGIN = { top: 28, right: 12, bottom: 40, left: 76 };
const INSET = 8;
const RADIUS = 3.5;
const REACH = 10;
// Of the texts at the ticks, in pixels.
const LETTER = 7;
const LINE_HEIGHT = 12;

export class ScatterMatrix {
  element = element('div', { class: 'hp-scatter scroll' });
  onHover = () => {};
  onOpen = () => {};
  #choices;
  #experiment;
  #axes = new Map();
  #columns = [];
  #metrics = [];
  // See drawnOf.
  #drawn = [];
  #size = CELL.least;
  #mark = null;
  #dragging = new Dragging((colouring, axes) => this.draw(colouring, axes));

  constructor(choices, experiment) {
    this.#choices = choices;
    this.#experiment = experiment;
  }

  draw(colouring, axes) {
    if (this.#dragging.holds(colouring, axes)) return;
    this.#axes = axes;
    this.#columns = this.#experiment.shown;
    this.#metrics = this.#columns.filter((column) => column.kind === 'metric');
    this.#drawn = drawnOf(this.#experiment, this.#columns, axes);
    if (this.#metrics.length === 0) {
      this.element.replaceChildren(element('p', { class: 'note' }, 'Select a metric on the left: each row of the matrix shows one.'));
      return;
    }
    const room = (this.element.clientWidth - MARGIN.left - MARGIN.right - 2) / this.#columns.length - GAP;
    this.#size = Math.max(CELL.least, Math.min(CELL.most, Math.floor(room)));
    const width = MARGIN.left + this.#columns.length * (this.#size + GAP) + MARGIN.right;
    const height = MARGIN.top + this.#metrics.length * (this.#size + GAP) + MARGIN.bottom;
    const canvas = element('canvas', { 'aria-hidden': 'true' });
    const svg = d3.create('svg').attr('width', width).attr('height', height).attr('role', 'img')
      .attr('aria-label', `${this.#metrics.map(({ title }) => title).join(', ')} against ${this.#columns.map(({ title }) => title).join(', ')} of ${this.#drawn.length} trials. The table has the same values.`);
    this.#drawDots(canvas, width, height, colouring);
    this.#metrics.forEach((metric, row) => this.#columns.forEach((column, at) => this.#drawCell(svg, metric, row, column, at)));
    this.#drawTitles(svg);
    this.#mark = svg.append('circle').attr('r', RADIUS + 2.5).attr('class', 'hp-mark').attr('visibility', 'hidden');
    const box = element('div', { class: 'hp-matrix' }, canvas, svg.node());
    const { scrollLeft } = this.element;
    this.element.replaceChildren(box);
    this.element.scrollLeft = scrollLeft;
  }

  #corner(row, at) {
    return [MARGIN.left + at * (this.#size + GAP), MARGIN.top + row * (this.#size + GAP)];
  }

  // Where a trial stands within a cell; null where it lacks a value.
  #place({ places }, metric, column) {
    const x = places.get(column.key);
    const y = places.get(metric.key);
    const room = this.#size - 2 * INSET;
    return x === null || y === null ? null : [INSET + x * room, this.#size - INSET - y * room];
  }

  #fraction(pixel) {
    return (pixel - INSET) / (this.#size - 2 * INSET);
  }

  #drawDots(canvas, width, height, colouring) {
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    const faint = getComputedStyle(document.documentElement).getPropertyValue('--line');
    const colours = this.#drawn.map(({ isIn, trial }) => (isIn ? colouring.of(trial) : faint));
    context.globalAlpha = 0.8;
    this.#metrics.forEach((metric, row) => this.#columns.forEach((column, at) => {
      const [left, top] = this.#corner(row, at);
      this.#drawn.forEach((one, i) => {
        const place = this.#place(one, metric, column);
        if (place === null) return;
        context.fillStyle = colours[i];
        context.beginPath();
        context.arc(left + place[0], top + place[1], RADIUS, 0, 2 * Math.PI);
        context.fill();
      });
    }));
  }

  #drawCell(svg, metric, row, column, at) {
    const [left, top] = this.#corner(row, at);
    const cell = svg.append('g').attr('transform', `translate(${left},${top})`);
    cell.append('rect').attr('width', this.#size).attr('height', this.#size).attr('class', 'hp-cell');
    if (row === this.#metrics.length - 1) this.#drawTicks(cell, column, true);
    if (at === 0) this.#drawTicks(cell, metric, false);
    // A finger scrolls the page; it narrows with the fields at the left.
    const brush = d3.brush().touchable(false).extent([[0, 0], [this.#size, this.#size]])
      .on('start', ({ sourceEvent }) => {
        if (!sourceEvent) return;
        this.#dragging.isUnderWay = true;
        this.#point(null, sourceEvent);
      })
      .on('end', ({ selection, sourceEvent }) => {
        if (!sourceEvent) return;
        this.#brushed(metric, column, selection);
        this.#dragging.end();
      });
    const surface = cell.append('g').attr('class', 'hp-brush').call(brush);
    surface.on('pointermove', (event) => this.#hover(event, metric, row, column, at))
      .on('pointerleave', (event) => this.#point(null, event))
      .on('click', (event) => {
        const one = this.#nearest(event, metric, column);
        if (one !== null) this.onOpen(one.trial);
      });
    this.#showBrush(surface, brush, metric, column);
  }

  // A brush stands in a cell if both its columns are narrowed and no others.
  #showBrush(surface, brush, metric, column) {
    const brushes = this.#choices.get('brushes');
    const of = (key) => brushes.find((one) => one.key === key);
    const isOwn = brushes.length === new Set([metric.key, column.key]).size && of(metric.key) && of(column.key);
    if (!isOwn) return;
    const stretches = [column, metric].map(({ key }) => stretchOf(of(key), this.#axes.get(key)));
    if (stretches.includes(null)) return;
    const room = this.#size - 2 * INSET;
    const [[left, right], [bottom, top]] = stretches;
    surface.call(brush.move, [[INSET + left * room, this.#size - INSET - top * room], [INSET + right * room, this.#size - INSET - bottom * room]]);
  }

  #brushed(metric, column, selection) {
    if (selection === null) {
      if (this.#choices.get('brushes').length > 0) this.#choices.set('brushes', []);
      return;
    }
    const [[left, top], [right, bottom]] = selection;
    const across = this.#axes.get(column.key).between(this.#fraction(left), this.#fraction(right));
    const upwards = this.#axes.get(metric.key).between(this.#fraction(this.#size - bottom), this.#fraction(this.#size - top));
    this.#choices.set('brushes', metric === column ? [upwards] : [across, upwards]);
  }

  #drawTicks(cell, column, isBelow) {
    const { ticks } = this.#axes.get(column.key);
    const room = this.#size - 2 * INSET;
    const most = isBelow ? ticksBelow(ticks, column, this.#size) : 6;
    const every = Math.ceil(ticks.length / most);
    const evenly = ticks.filter((tick, i) => i % every === 0);
    const longest = isBelow && column.type !== 'number' ? Math.floor(room / LETTER / evenly.length) : 10;
    const some = evenly.map(({ place, text }) => ({ place, words: short(text, longest) }));
    const needed = isBelow ? (one, next) => ((one.words.length + next.words.length) / 2) * LETTER : () => LINE_HEIGHT;
    for (const { place, words } of apart(some, room, needed)) {
      const text = cell.append('text').attr('class', isBelow ? `hp-tick below${atTheEdge(place, words, room)}` : 'hp-tick').text(words);
      if (isBelow) text.attr('x', Math.max(0, Math.min(this.#size, INSET + place * room))).attr('y', this.#size + 14);
      else text.attr('x', -6).attr('y', this.#size - INSET - place * room).attr('dy', '0.32em');
    }
  }

  #drawTitles(svg) {
    this.#columns.forEach((column, at) => {
      const [left] = this.#corner(0, at);
      svg.append('text').attr('class', 'hp-matrix-title').attr('x', left + this.#size / 2).attr('y', 16).text(short(column.title, Math.floor(this.#size / 7.5)))
        .append('title').text(column.title);
    });
    this.#metrics.forEach((metric, row) => {
      const [, top] = this.#corner(row, 0);
      svg.append('text').attr('class', 'hp-matrix-title').attr('transform', `translate(14,${top + this.#size / 2}) rotate(-90)`)
        .text(short(metric.title, Math.floor(this.#size / 7.5))).append('title').text(metric.title);
    });
  }

  // --- the pointer ---------------------------------------------------------------------------------

  #nearest(event, metric, column) {
    const [x, y] = d3.pointer(event);
    return nearestOf(this.#drawn, REACH, (one) => {
      const place = this.#place(one, metric, column);
      return place === null ? [] : [Math.hypot(place[0] - x, place[1] - y)];
    });
  }

  #hover(event, metric, row, column, at) {
    const one = event.buttons === 0 ? this.#nearest(event, metric, column) : null;
    if (one !== null) {
      const [left, top] = this.#corner(row, at);
      const [x, y] = this.#place(one, metric, column);
      this.#mark.attr('cx', left + x).attr('cy', top + y);
    }
    this.#point(one, event);
  }

  #point(one, event) {
    this.#mark?.attr('visibility', one === null ? 'hidden' : 'visible');
    this.onHover(one?.trial ?? null, event);
  }
}

// A text that would reach into the next plot stands within its own.
function atTheEdge(place, words, room) {
  const half = (words.length * LETTER) / 2 - INSET;
  return place * room < half ? ' first' : (1 - place) * room < half ? ' last' : '';
}

// Numbers are not shortened; there are fewer of them instead.
function ticksBelow(ticks, column, size) {
  if (column.type !== 'number') return 3;
  const longest = Math.max(1, ...ticks.map(({ text }) => text.length));
  return Math.max(1, Math.min(5, Math.floor(size / (longest * 7 + 8))));
}
