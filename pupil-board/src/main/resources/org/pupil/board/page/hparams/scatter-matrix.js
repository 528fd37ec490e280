// A cell for every result (rows) against every setting and result (columns), a dot a trial. A brush in a cell chooses.
import { element } from '../html.js';
import { cut } from './parallel.js';
import { colourOf } from './scales.js';
import { valueText } from './trials.js';

const CELL = 150;
const INNER = 12;
const LEFT = 74;
const BOTTOM = 46;
const MOST_CELLS = 60;

export class ScatterMatrix {
  #brush = null;

  // actions as of Parallel
  constructor(actions) {
    this.actions = actions;
    this.note = element('p', { class: 'note' });
    this.plot = element('div', { class: 'scroll hparams-plot' });
    this.element = element('div', {}, this.note, this.plot);
  }

  draw(trials, columns, scaleOf, colourBy) {
    const rows = columns.filter((column) => column.kind === 'metric');
    const shown = columns.slice(0, Math.max(1, Math.floor(MOST_CELLS / Math.max(1, rows.length))));
    this.note.textContent = rows.length === 0 ? 'No result is among the shown columns.' : shown.length < columns.length ? `The first ${shown.length} of ${columns.length} columns.` : '';
    if (this.#brush && !(shown.some((c) => c.id === this.#brush.column) && rows.some((c) => c.id === this.#brush.row))) this.#brush = null;
    const scales = new Map(columns.map((column) => [column.id, scaleOf(column)]));
    const colourScale = colourBy === null ? null : scaleOf(colourBy);
    const x = (at) => INNER + at * (CELL - 2 * INNER);
    const y = (at) => CELL - INNER - at * (CELL - 2 * INNER);
    const svg = d3.create('svg').attr('width', LEFT + shown.length * CELL).attr('height', rows.length * CELL + BOTTOM).attr('role', 'img')
      .attr('aria-label', `Scatter matrix of ${rows.length} results against ${shown.length} columns for ${trials.length} trials. The table has the same values.`);
    const dots = [];
    const mark = () => {
      const names = this.#chosen(trials, scales);
      for (const all of dots) all.classed('dim', (trial) => names !== null && !names.has(trial.name));
      this.actions.brushed(names);
    };
    const brushes = [];
    rows.forEach((row, i) => shown.forEach((column, k) => {
      const cell = svg.append('g').attr('transform', `translate(${LEFT + k * CELL},${i * CELL})`);
      cell.append('rect').attr('class', 'hparams-cell').attr('x', 2).attr('y', 2).attr('width', CELL - 4).attr('height', CELL - 4).attr('rx', 4);
      const group = cell.append('g');
      const brush = d3.brush().extent([[2, 2], [CELL - 2, CELL - 2]]).on('start', ({ sourceEvent }) => {
        if (sourceEvent) brushes.forEach((other) => other.group !== group && other.group.call(other.brush.move, null));
      }).on('brush end', ({ selection, sourceEvent }) => {
        if (!sourceEvent) return;
        this.#brush = selection === null ? null : {
          row: row.id, column: column.id,
          x: selection.map(([px]) => (px - INNER) / (CELL - 2 * INNER)), y: selection.map(([, py]) => (CELL - INNER - py) / (CELL - 2 * INNER)).reverse(),
        };
        mark();
      });
      brushes.push({ group, brush });
      group.call(brush);
      if (this.#brush?.row === row.id && this.#brush.column === column.id) {
        brush.move(group, [[x(this.#brush.x[0]), y(this.#brush.y[1])], [x(this.#brush.x[1]), y(this.#brush.y[0])]]);
      }
      const placed = trials.filter((trial) => scales.get(column.id).at(trial.values.get(column.id)) !== undefined && scales.get(row.id).at(trial.values.get(row.id)) !== undefined);
      dots.push(cell.append('g').selectAll('circle').data(placed).join('circle').attr('class', 'hparams-dot').attr('r', 3.5)
        .attr('cx', (trial) => x(scales.get(column.id).at(trial.values.get(column.id)))).attr('cy', (trial) => y(scales.get(row.id).at(trial.values.get(row.id))))
        .style('fill', (trial) => colourOf(colourScale, trial.values.get(colourBy?.id)))
        .on('pointerenter', (event, trial) => this.#point(dots, trial)).on('pointerleave', () => this.#point(dots, null))
        .on('click', (event, trial) => this.actions.chosen(trial)));
    }));
    this.#labels(svg, rows, shown, scales, x, y);
    this.plot.replaceChildren(svg.node());
    mark();
  }

  clear() {
    this.#brush = null;
  }

  #point(dots, trial) {
    for (const all of dots) all.classed('pointed', (other) => other === trial);
    this.actions.pointed(trial);
  }

  #chosen(trials, scales) {
    if (this.#brush === null) return null;
    const { row, column, x, y } = this.#brush;
    const isIn = (at, [low, high]) => at !== undefined && at >= low && at <= high;
    return new Set(trials.filter((trial) => isIn(scales.get(column).at(trial.values.get(column)), x) && isIn(scales.get(row).at(trial.values.get(row)), y)).map((trial) => trial.name));
  }

  #labels(svg, rows, columns, scales, x, y) {
    const ends = (scale) => (scale.ticks.length <= 2 ? scale.ticks : scale.kind === 'point' && scale.ticks.length <= 4 ? scale.ticks : [scale.ticks[0], scale.ticks.at(-1)]);
    rows.forEach((row, i) => {
      const group = svg.append('g').attr('transform', `translate(${LEFT - 4},${i * CELL})`).attr('class', 'hparams-label');
      group.append('text').attr('transform', `translate(${-LEFT + 18},${CELL / 2}) rotate(-90)`).attr('text-anchor', 'middle').text(cut(row.title, 22)).append('title').text(row.title);
      for (const tick of ends(scales.get(row.id))) group.append('text').attr('class', 'value').attr('y', y(tick.at) + 3).attr('text-anchor', 'end').text(cut(valueText(tick.value), 8));
    });
    columns.forEach((column, k) => {
      const group = svg.append('g').attr('transform', `translate(${LEFT + k * CELL},${rows.length * CELL})`).attr('class', 'hparams-label');
      group.append('text').attr('x', CELL / 2).attr('y', 36).attr('text-anchor', 'middle').text(cut(column.title, 22)).append('title').text(column.title);
      for (const tick of ends(scales.get(column.id))) {
        group.append('text').attr('class', 'value').attr('x', x(tick.at)).attr('y', 14).attr('text-anchor', tick.at < 0.34 ? 'start' : tick.at > 0.66 ? 'end' : 'middle').text(cut(valueText(tick.value), 9));
      }
    });
  }
}
