// Parallel coordinates: an axis a column, a line a trial. Axes are dragged to another place; a brush on an axis chooses.
import { element } from '../html.js';
import { colourOf } from './scales.js';
import { valueText } from './trials.js';

const HEIGHT = 420;
const TOP = 58;
const BOTTOM = 20;
const NARROWEST = 112;

export class Parallel {
  #brushes = new Map();
  #order = [];

  // actions: {pointed(trial or null), chosen(trial), brushed(Set of names or null)}
  constructor(actions) {
    this.actions = actions;
    this.element = element('div', { class: 'scroll hparams-plot' });
  }

  draw(trials, columns, scaleOf, colourBy) {
    const byId = new Map(columns.map((column) => [column.id, column]));
    this.#order = [...this.#order.filter((id) => byId.has(id)), ...columns.map((column) => column.id).filter((id) => !this.#order.includes(id))];
    for (const id of [...this.#brushes.keys()]) if (!byId.has(id)) this.#brushes.delete(id);
    const width = Math.max(this.element.clientWidth - 2, this.#order.length * NARROWEST);
    const y = (at) => HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM);
    const x = d3.scalePoint(this.#order, [NARROWEST / 2, width - NARROWEST / 2]);
    const places = new Map(this.#order.map((id) => [id, x(id)]));
    const svg = d3.create('svg').attr('width', width).attr('height', HEIGHT).attr('role', 'img')
      .attr('aria-label', `Parallel coordinates of ${trials.length} trials and ${columns.length} columns. The table has the same values.`);
    const scales = new Map(this.#order.map((id) => [id, scaleOf(byId.get(id))]));
    const path = (trial) => {
      const points = this.#order.map((id) => [places.get(id), scales.get(id).at(trial.values.get(id))]).map(([px, at]) => (at === undefined ? null : [px, y(at)]));
      return d3.line().defined((point) => point !== null)(points);
    };
    const colourScale = colourBy === null ? null : scaleOf(colourBy);
    const lines = svg.append('g').selectAll('path').data(trials).join('path').attr('class', 'hparams-line').attr('d', path)
      .style('stroke', (trial) => colourOf(colourScale, trial.values.get(colourBy?.id)));
    const hits = svg.append('g').selectAll('path').data(trials).join('path').attr('class', 'hparams-hit').attr('d', path)
      .on('pointerenter', (event, trial) => {
        lines.classed('pointed', (other) => other === trial);
        this.actions.pointed(trial);
      })
      .on('pointerleave', () => {
        lines.classed('pointed', false);
        this.actions.pointed(null);
      })
      .on('click', (event, trial) => this.actions.chosen(trial));
    const mark = () => {
      const names = this.#chosen(trials, scales);
      lines.classed('dim', (trial) => names !== null && !names.has(trial.name));
      hits.style('display', (trial) => (names !== null && !names.has(trial.name) ? 'none' : null));
      this.actions.brushed(names);
    };

    const axes = svg.append('g').selectAll('g').data(this.#order).join('g').attr('class', 'hparams-axis').attr('transform', (id) => `translate(${places.get(id)},0)`);
    axes.append('line').attr('y1', TOP).attr('y2', HEIGHT - BOTTOM);
    axes.each((id, i, nodes) => this.#ticks(d3.select(nodes[i]), scales.get(id), y));
    axes.append('g').each((id, i, nodes) => {
      const brush = d3.brushY().extent([[-14, TOP - 4], [14, HEIGHT - BOTTOM + 4]]).on('brush end', ({ selection, sourceEvent }) => {
        if (!sourceEvent) return;
        if (selection === null) this.#brushes.delete(id);
        else this.#brushes.set(id, selection.map((py) => (HEIGHT - BOTTOM - py) / (HEIGHT - TOP - BOTTOM)).reverse());
        mark();
      });
      const group = d3.select(nodes[i]).call(brush);
      const old = this.#brushes.get(id);
      if (old) brush.move(group, [y(old[1]), y(old[0])]);
    });
    this.#titles(axes, byId, places, x, () => this.draw(trials, columns, scaleOf, colourBy));
    this.element.replaceChildren(svg.node());
    mark();
  }

  clear() {
    this.#brushes.clear();
  }

  #chosen(trials, scales) {
    if (this.#brushes.size === 0) return null;
    const isIn = (trial) => [...this.#brushes].every(([id, [low, high]]) => {
      const at = scales.get(id).at(trial.values.get(id));
      return at !== undefined && at >= low && at <= high;
    });
    return new Set(trials.filter(isIn).map((trial) => trial.name));
  }

  #ticks(axis, scale, y) {
    const ticks = scale.ticks.length <= 12 ? scale.ticks : scale.ticks.filter((_, i) => i % Math.ceil(scale.ticks.length / 12) === 0);
    const group = axis.selectAll('.tick').data(ticks).join('g').attr('class', 'tick').attr('transform', (tick) => `translate(0,${y(tick.at)})`);
    group.append('line').attr('x1', -4).attr('x2', 4);
    group.append('text').attr('x', 8).attr('y', 3.5).text((tick) => cut(valueText(tick.value), 12));
    group.append('title').text((tick) => valueText(tick.value));
  }

  #titles(axes, byId, places, x, redraw) {
    const moveTo = (id, to) => {
      this.#order = this.#order.filter((other) => other !== id);
      this.#order.splice(Math.max(0, to), 0, id);
      redraw();
    };
    const drag = d3.drag()
      .container((event, id) => axes.nodes()[0].ownerSVGElement)
      .on('drag', (event, id) => {
        places.set(id, event.x);
        axes.filter((other) => other === id).attr('transform', `translate(${event.x},0)`);
      })
      .on('end', (event, id) => {
        const step = x.step() || 1;
        moveTo(id, Math.round((places.get(id) - x.range()[0]) / step));
      });
    axes.append('text').attr('class', 'hparams-axis-title').attr('y', 24).attr('tabindex', 0).attr('role', 'button')
      .attr('aria-label', (id) => `Axis ${byId.get(id).title}; arrow keys move it`)
      .text((id) => cut(byId.get(id).title, 20))
      .on('keydown', (event, id) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        moveTo(id, this.#order.indexOf(id) + by);
        [...this.element.querySelectorAll('.hparams-axis-title')][this.#order.indexOf(id)]?.focus();
      })
      .call(drag).append('title').text((id) => byId.get(id).title);
    axes.append('text').attr('class', 'hparams-axis-kind').attr('y', 42).text((id) => byId.get(id).kind === 'hparam' ? 'setting' : 'result');
  }
}

export function cut(text, most) {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
