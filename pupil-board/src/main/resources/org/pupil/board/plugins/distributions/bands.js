// Draws nine percentiles over time as bands within each other.
import { number, numbers } from '../../page/parts/format.js';
import { sayTime, timeOf, timeScale, timeTexts, withTicks } from '../../page/parts/time-axis.js';

const HEIGHT = 230;
const MARGIN = { top: 10, right: 14, bottom: 24, left: 52 };
const PAIRS = [[0, 8], [1, 7], [2, 6], [3, 5]];
const PERCENTILES = ['smallest', '7 %', '16 %', '31 %', 'median', '69 %', '84 %', '93 %', 'largest'];

// points: [{step, wallTime, values: [9 numbers, increasing]}]
export function drawBands(container, points, { axis, colour, label }, readout) {
  const width = container.clientWidth;
  const drawn = points.filter((point) => point.values.every(Number.isFinite));
  if (drawn.length === 0) {
    container.textContent = 'No finite values.';
    return;
  }
  const times = drawn.map((point) => timeOf(point, axis, drawn[0]));
  const x = timeScale(axis, d3.extent(times), [MARGIN.left, width - MARGIN.right]);
  const y = d3.scaleLinear().domain(room(d3.min(drawn, (point) => point.values[0]), d3.max(drawn, (point) => point.values[8]))).nice().range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const svg = d3.create('svg').attr('class', 'bands').attr('width', width).attr('height', HEIGHT).attr('tabindex', 0).attr('role', 'img')
    .attr('aria-label', `${label}. Percentiles from step ${drawn[0].step} to step ${drawn.at(-1).step}; at the end the median is ${number(drawn.at(-1).values[4])}, all values are between ${number(drawn.at(-1).values[0])} and ${number(drawn.at(-1).values[8])}. Use the arrow keys to read them.`);
  svg.append('g').attr('class', 'axis grid').attr('transform', `translate(${MARGIN.left},0)`).call(withTicks(d3.axisLeft(y), 5).tickSize(-(width - MARGIN.left - MARGIN.right)));
  svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${HEIGHT - MARGIN.bottom})`).call(withTicks(d3.axisBottom(x), Math.max(2, width / 90), (values) => timeTexts(axis, values)));
  const order = d3.range(drawn.length).sort((a, b) => times[a] - times[b]);
  const path = (low, high) => d3.area().x((i) => x(times[i])).y0((i) => y(drawn[i].values[low])).y1((i) => y(drawn[i].values[high]))(order);
  PAIRS.forEach(([low, high], i) => svg.append('path').attr('class', 'band').attr('d', path(low, high)).style('fill', colour).style('fill-opacity', [0.14, 0.2, 0.26, 0.34][i]));
  PERCENTILES.forEach((_, p) => svg.append('path').attr('class', 'band-line').attr('d', d3.line().x((i) => x(times[i])).y((i) => y(drawn[i].values[p]))(order))
    .style('stroke', colour).style('stroke-width', p === 4 ? 2 : 0.8).style('stroke-opacity', p === 4 ? 1 : 0.55));
  if (drawn.length === 1) {
    svg.append('line').attr('x1', x(times[0])).attr('x2', x(times[0])).attr('y1', y(drawn[0].values[0])).attr('y2', y(drawn[0].values[8])).style('stroke', colour);
    svg.append('circle').attr('cx', x(times[0])).attr('cy', y(drawn[0].values[4])).attr('r', 3.5).style('fill', colour);
  }
  const mark = svg.append('g').attr('class', 'band-mark').attr('visibility', 'hidden');
  mark.append('line').attr('y1', MARGIN.top).attr('y2', HEIGHT - MARGIN.bottom);
  const dots = mark.selectAll('circle').data(PERCENTILES).join('circle').attr('r', 3).style('fill', colour);

  let at = null;
  const show = (rank) => {
    at = rank;
    const i = order[rank];
    const point = drawn[i];
    mark.attr('visibility', 'visible').select('line').attr('x1', x(times[i])).attr('x2', x(times[i]));
    dots.attr('cx', x(times[i])).attr('cy', (_, p) => y(point.values[p]));
    const texts = numbers(point.values);
    readout(`${sayTime(point, times[i], axis)}: ${PERCENTILES.map((name, p) => `${name} ${texts[p]}`).join(' · ')}`);
  };
  const hide = () => {
    at = null;
    mark.attr('visibility', 'hidden');
    readout('');
  };
  svg.on('pointermove', (event) => {
    const [px] = d3.pointer(event);
    show(d3.leastIndex(order, (a, b) => Math.abs(x(times[a]) - px) - Math.abs(x(times[b]) - px)));
  }).on('pointerleave', hide).on('blur', hide).on('keydown', (event) => {
    const to = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? order.length) - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(Math.max(0, Math.min(order.length - 1, to)));
  });
  container.replaceChildren(svg.node());
}

// A flat line is not squeezed to nothing.
function room(low, high) {
  if (low < high) return [low, high];
  const half = Math.abs(low) * 0.1 || 1;
  return [low - half, high + half];
}
