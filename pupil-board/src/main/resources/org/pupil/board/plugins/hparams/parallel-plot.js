// Parallel coordinates: an axis for each column, a line for each trial. Axes are dragged into another order; a stretch that is
// marked on an axis leaves only the trials that pass through it.
import { element } from '../../page/html.js';
import { apart, distanceToSegment, stretchOf } from './axes.js';
import { Dragging, drawnOf, nearestOf, short } from './trial-plots.js';

const { d3 } = globalThis;
const HEIGHT = 420;
const MARGIN = { top: 56, right: 60, bottom: 16, left: 60 };
const LEAST_DISTANCE = 100;
const BRUSH_WIDTH = 20;
const REACH = 12;
const LONGEST_LABEL = 14;
const MOST_LABELS = 24;
const LINE_HEIGHT = 12;

export class ParallelPlot {
  element = element('div', { class: 'hp-parallel scroll' });
  // Called with a trial or null, and with the pointer's event.
  onHover = () => {};
  onOpen = () => {};
  #choices;
  #experiment;
  #columns = [];
  #axes = new Map();
  #x = null;
  #lines = null;
  #highlight = null;
  // See drawnOf.
  #drawn = [];
  #dragging = new Dragging((colouring, axes) => this.draw(colouring, axes));

  constructor(choices, experiment) {
    this.#choices = choices;
    this.#experiment = experiment;
  }

  // axes: by column key; see axisOf.
  draw(colouring, axes) {
    if (this.#dragging.holds(colouring, axes)) return;
    this.#columns = this.#experiment.shown;
    this.#axes = axes;
    this.#drawn = drawnOf(this.#experiment, this.#columns, axes);
    const width = Math.max(this.element.clientWidth - 2, MARGIN.left + MARGIN.right + LEAST_DISTANCE * (this.#columns.length - 1));
    this.#x = d3.scalePoint(this.#columns.map(({ key }) => key), [MARGIN.left, width - MARGIN.right]);
    const svg = d3.create('svg').attr('width', width).attr('height', HEIGHT).attr('role', 'group')
      .attr('aria-label', `Parallel coordinates of ${this.#drawn.length} trials over ${this.#columns.map(({ title }) => title).join(', ')}. The table has the same values.`);
    // Many lines are drawn fainter, so that one sees where they crowd.
    this.#lines = svg.append('g').attr('class', 'hp-lines').attr('fill', 'none')
      .style('--opacity', Math.max(0.25, Math.min(0.75, 10 / Math.sqrt(this.#drawn.length))));
    this.#lines.selectAll('path').data(this.#drawn).join('path')
      .attr('class', ({ isIn }) => (isIn ? 'in' : 'out'))
      .attr('stroke', ({ isIn, trial }) => (isIn ? colouring.of(trial) : null))
      .attr('d', (one) => this.#path(one));
    this.#highlight = svg.append('path').attr('class', 'hp-highlight').attr('fill', 'none');
    svg.selectAll('.hp-axis').data(this.#columns, ({ key }) => key).join('g')
      .attr('class', 'hp-axis').attr('transform', ({ key }) => `translate(${this.#x(key)},0)`)
      .each((column, i, nodes) => this.#drawAxis(d3.select(nodes[i]), column));
    svg.on('pointermove', (event) => this.#hover(event)).on('pointerleave', (event) => this.#point(null, event))
      .on('click', (event) => this.#openNearest(event));
    const focused = document.activeElement?.dataset?.focus;
    const { scrollLeft } = this.element;
    this.element.replaceChildren(svg.node());
    this.element.scrollLeft = scrollLeft;
    if (focused) this.element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #y(fraction) {
    return HEIGHT - MARGIN.bottom - fraction * (HEIGHT - MARGIN.top - MARGIN.bottom);
  }

  // Where a trial's line crosses the axes, null where it has no value.
  #points({ places }) {
    return this.#columns.map(({ key }) => (places.get(key) === null ? null : [this.#x(key), this.#y(places.get(key))]));
  }

  #path(one) {
    return d3.line().defined((point) => point !== null)(this.#points(one));
  }

  // --- an axis -------------------------------------------------------------------------------------

  #drawAxis(group, column) {
    const axis = this.#axes.get(column.key);
    group.append('line').attr('y1', this.#y(0)).attr('y2', this.#y(1)).attr('class', 'hp-spine');
    const every = Math.ceil(axis.ticks.length / MOST_LABELS);
    const some = axis.ticks.filter((tick, i) => i % every === 0);
    for (const { place, text } of apart(some, this.#y(0) - this.#y(1), () => LINE_HEIGHT)) {
      group.append('text').attr('class', 'hp-tick').attr('x', -8).attr('y', this.#y(place)).attr('dy', '0.32em').text(short(text, LONGEST_LABEL))
        .append('title').text(text);
    }
    this.#drawTitle(group, column);
    this.#drawBrush(group, column, axis);
  }

  #drawTitle(group, column) {
    const place = this.#columns.indexOf(column) + 1;
    const title = group.append('text').attr('class', `hp-axis-title ${column.kind}`).attr('y', 20).attr('tabindex', 0).attr('role', 'button').attr('aria-roledescription', 'movable axis')
      .attr('data-focus', `axis ${column.key}`)
      .attr('aria-label', `${column.title}, axis ${place} of ${this.#columns.length}. Use the arrow keys to move it.`)
      .text(short(column.title, LONGEST_LABEL));
    title.append('title').text(`${column.title} – drag to move`);
    title.on('keydown', (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.#moveTo(column, this.#columns.indexOf(column) + by);
    });
    title.call(d3.drag().container(() => this.element.querySelector('svg'))
      .on('start', () => (this.#dragging.isUnderWay = true))
      .on('drag', (event) => this.#drag(group, column, event.x))
      .on('end', () => {
        this.#choices.set('order', this.#columns.map(({ key }) => key));
        this.#dragging.end();
      }));
  }

  #moveTo(column, place) {
    const others = this.#columns.filter((other) => other !== column);
    others.splice(Math.max(0, Math.min(others.length, place)), 0, column);
    this.#choices.set('order', others.map(({ key }) => key));
  }

  // The dragged axis follows the pointer; the others make room.
  #drag(group, column, x) {
    const step = this.#x.step();
    const place = Math.round((x - MARGIN.left) / step);
    const others = this.#columns.filter((other) => other !== column);
    others.splice(Math.max(0, Math.min(others.length, place)), 0, column);
    this.#columns = others;
    this.#x.domain(others.map(({ key }) => key));
    d3.select(this.element).selectAll('.hp-axis').attr('transform', ({ key }) => `translate(${key === column.key ? x : this.#x(key)},0)`);
    this.#lines.selectAll('path').attr('d', (one) => this.#path(one));
    this.#highlight.attr('d', null);
  }

  #drawBrush(group, column, axis) {
    const brush = d3.brushY().extent([[-BRUSH_WIDTH / 2, this.#y(1)], [BRUSH_WIDTH / 2, this.#y(0)]]);
    brush.on('start', ({ sourceEvent }) => (this.#dragging.isUnderWay = Boolean(sourceEvent)));
    brush.on('end', ({ selection, sourceEvent }) => {
      if (!sourceEvent) return;
      this.#mark(column, axis, selection);
      this.#dragging.end();
    });
    const at = group.append('g').attr('class', 'hp-brush').call(brush);
    const constraint = this.#choices.get('brushes').find(({ key }) => key === column.key);
    const stretch = constraint ? stretchOf(constraint, axis) : null;
    if (stretch !== null) at.call(brush.move, [this.#y(stretch[1]), this.#y(stretch[0])]);
  }

  // selection: [top, bottom] in pixels, or null where a mark was taken away.
  #mark(column, axis, selection) {
    const brushes = this.#choices.get('brushes');
    const others = brushes.filter(({ key }) => key !== column.key);
    if (selection === null) {
      if (others.length < brushes.length) this.#choices.set('brushes', others);
      return;
    }
    const [top, bottom] = selection.map((y) => (this.#y(0) - y) / (this.#y(0) - this.#y(1)));
    this.#choices.set('brushes', [...others, axis.between(bottom, top)]);
  }

  // --- the pointer ---------------------------------------------------------------------------------

  #nearest(event) {
    const [x, y] = d3.pointer(event, this.element.querySelector('svg'));
    return nearestOf(this.#drawn.filter(({ isIn }) => isIn), REACH, (one) => {
      const points = this.#points(one);
      const distances = [];
      for (let i = 1; i < points.length; i++) {
        if (points[i - 1] === null || points[i] === null || x < points[i - 1][0] - REACH || x > points[i][0] + REACH) continue;
        distances.push(distanceToSegment(x, y, points[i - 1], points[i]));
      }
      return distances;
    });
  }

  #hover(event) {
    if (!this.#dragging.isUnderWay) this.#point(event.buttons === 0 ? this.#nearest(event) : null, event);
  }

  #point(one, event) {
    this.#highlight.attr('d', one === null ? null : this.#path(one));
    this.onHover(one?.trial ?? null, event);
  }

  #openNearest(event) {
    const one = this.#nearest(event);
    if (one !== null) this.onOpen(one.trial);
  }
}
