// Draws histograms of many steps: as ridges one behind the other, the newest in front, or all on one line.
import { number, numbers } from '../../page/parts/format.js';
import { sayTime, timeOf, timeScale, timeTexts, withTicks } from '../../page/parts/time-axis.js';

const HEIGHT = 230;
const MARGIN = { top: 8, right: 54, bottom: 24, left: 12 };
// A time of the day is longer than a step.
const RIGHT_OF_TIMES = 78;
const RIDGE = 0.42;

// binned: of rebin(); options: {axis, mode: 'offset' or 'overlay', colour, label}; says by `readout(text)` what is pointed at.
export function drawRidges(container, binned, { axis, mode, colour, label }, readout) {
  const width = container.clientWidth;
  const right = mode !== 'offset' ? 48 : axis === 'wall' ? RIGHT_OF_TIMES : MARGIN.right;
  const { edges, steps } = binned;
  const top = Math.max(1, d3.max(steps, (step) => d3.max(step.counts)));
  const overlap = mode === 'offset' ? (HEIGHT - MARGIN.top - MARGIN.bottom) * RIDGE : HEIGHT - MARGIN.top - MARGIN.bottom;
  const x = d3.scaleLinear().domain([edges[0], edges.at(-1)]).range([MARGIN.left, width - right]);
  const times = steps.map((step) => timeOf(step, axis, steps[0]));
  const [firstBase, lastBase] = [MARGIN.top + overlap, HEIGHT - MARGIN.bottom];
  const place = timeScale(axis, d3.extent(times), [firstBase, lastBase]);
  const base = (i) => (mode === 'offset' && steps.length > 1 ? place(times[i]) : lastBase);
  const count = d3.scaleLinear().domain([0, top]).range([0, overlap]);
  const centre = (bin) => (x(edges[bin]) + x(edges[bin + 1])) / 2;
  const heightAt = (i, bin) => count(steps[i].counts[bin]);

  const outline = (i) => {
    const points = [[x(edges[0]), base(i)], ...Array.from(steps[i].counts, (_, bin) => [centre(bin), base(i) - heightAt(i, bin)]), [x(edges.at(-1)), base(i)]];
    return `M${points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join('L')}`;
  };
  const shade = d3.scaleLinear().domain([0, Math.max(1, steps.length - 1)]).range([d3.interpolateLab(colour, '#000')(0.45), d3.interpolateLab(colour, '#fff')(0.35)]).interpolate(d3.interpolateLab);

  const edgeTexts = numbers(edges);

  const svg = d3.create('svg').attr('class', `ridges ${mode}`).attr('width', width).attr('height', HEIGHT).attr('tabindex', 0).attr('role', 'img')
    .attr('aria-label', `${label}. ${steps.length} histograms from step ${steps[0].step} to step ${steps.at(-1).step}, values from ${edgeTexts[0]} to ${edgeTexts.at(-1)}. Use the arrow keys to read them.`);
  const order = d3.range(steps.length).sort((a, b) => times[a] - times[b]);
  const paths = svg.append('g').selectAll('path').data(order).join('path').attr('d', outline)
    .attr('class', 'ridge').style(mode === 'offset' ? 'fill' : 'stroke', (i) => shade(i));
  svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${lastBase})`).call(withTicks(d3.axisBottom(x), Math.max(2, width / 90)));
  const rightAxis = mode === 'offset' ? (steps.length > 1 ? withTicks(d3.axisRight(place), 5, (values) => timeTexts(axis, values)) : null)
    : withTicks(d3.axisRight(d3.scaleLinear().domain([0, top]).range([lastBase, MARGIN.top])), 5);
  if (rightAxis !== null) svg.append('g').attr('class', 'axis').attr('transform', `translate(${width - right + 4},0)`).call(rightAxis);
  const mark = svg.append('g').attr('class', 'ridge-mark').attr('visibility', 'hidden');
  const chosenLine = mark.append('path');
  const chosenDot = mark.append('circle').attr('r', 4);

  let at = null;
  const show = (i, bin) => {
    at = { i, bin };
    const step = steps[i];
    chosenLine.attr('d', outline(i)).style('stroke', colour);
    chosenDot.attr('cx', centre(bin)).attr('cy', base(i) - heightAt(i, bin)).style('fill', colour);
    mark.attr('visibility', 'visible');
    paths.classed('dim', (other) => mode !== 'offset' && other !== i);
    readout(`${sayTime(step, times[i], axis)}: ${number(step.counts[bin])} in [${edgeTexts[bin]}, ${edgeTexts[bin + 1]}${bin === edges.length - 2 ? ']' : ')'}`);
  };
  const hide = () => {
    at = null;
    mark.attr('visibility', 'hidden');
    paths.classed('dim', false);
    readout('');
  };
  svg.on('pointermove', (event) => {
    const [px, py] = d3.pointer(event);
    const bin = Math.max(0, Math.min(edges.length - 2, Math.floor(((x.invert(px) - edges[0]) / (edges.at(-1) - edges[0])) * (edges.length - 1))));
    show(ridgeAt(order, bin, py, base, heightAt, mode), bin);
  }).on('pointerleave', hide).on('blur', hide).on('keydown', (event) => {
    const { i, bin } = at ?? { i: order.at(-1), bin: -1 };
    const rank = order.indexOf(i);
    const to = { ArrowRight: [i, bin + 1], ArrowLeft: [i, bin - 1], ArrowDown: [order[Math.min(rank + 1, order.length - 1)], bin], ArrowUp: [order[Math.max(rank - 1, 0)], bin] }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to[0], Math.max(0, Math.min(edges.length - 2, to[1])));
  });
  container.replaceChildren(svg.node());
}

// The ridge in front that covers the place, else the one whose line is nearest.
function ridgeAt(order, bin, y, base, heightAt, mode) {
  let nearest = order[0];
  let least = Infinity;
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k];
    const top = base(i) - heightAt(i, bin);
    if (mode === 'offset' && y >= top && y <= base(i)) return i;
    const distance = Math.abs(y - top);
    if (distance < least) [least, nearest] = [distance, i];
  }
  return nearest;
}
