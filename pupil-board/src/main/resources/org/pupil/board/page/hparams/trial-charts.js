// The curves of a trial's results: one small chart a result, one line a session.
import { element } from '../html.js';
import { number } from '../histogram/time-axis.js';

const WIDTH = 300;
const HEIGHT = 150;
const MARGIN = { top: 8, right: 10, bottom: 22, left: 46 };
const MOST_CHARTS = 24;

export function trialCharts(board, trial, metrics) {
  const box = element('div', { class: 'hparams-charts' });
  if (metrics.length === 0) box.append(element('p', { class: 'note' }, 'No result is among the shown columns.'));
  for (const metric of metrics.slice(0, MOST_CHARTS)) {
    const chart = element('figure', {}, element('figcaption', {}, metric.title));
    box.append(chart);
    Promise.all(trial.sessions.map((session) => evaluations(board, session.name, metric)))
      .then((series) => chart.append(draw(board, trial, metric, series.filter((rows) => rows.points.length > 0))))
      .catch((error) => chart.append(element('p', { class: 'note' }, error.message)));
  }
  return box;
}

async function evaluations(board, session, metric) {
  const request = JSON.stringify({ experimentName: '', sessionName: session, metricName: { group: metric.group, tag: metric.tag } });
  try {
    const rows = await board.api.json('data/plugin/hparams/metric_evals', { request });
    const points = rows.map(([, step, value]) => ({ step, value: Number(value) })).filter((point) => Number.isFinite(point.value));
    return { session, points };
  } catch {
    // A session may not have this result.
    return { session, points: [] };
  }
}

function draw(board, trial, metric, series) {
  const all = series.flatMap((one) => one.points);
  if (all.length === 0) return element('p', { class: 'note' }, 'No points.');
  const extent = (values) => {
    const [low, high] = d3.extent(values);
    return low === high ? [low - 0.5, high + 0.5] : [low, high];
  };
  const x = d3.scaleLinear().domain(extent(all.map((point) => point.step))).range([MARGIN.left, WIDTH - MARGIN.right]);
  const y = d3.scaleLinear().domain(extent(all.map((point) => point.value))).nice().range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const last = series.map(({ session, points }) => `${session}: ${number(points.at(-1).value)} at step ${points.at(-1).step}`).join('; ');
  const svg = d3.create('svg').attr('viewBox', `0 0 ${WIDTH} ${HEIGHT}`).attr('role', 'img').attr('aria-label', `${metric.title} of ${trial.name}: ${last}`);
  svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${HEIGHT - MARGIN.bottom})`).call(d3.axisBottom(x).ticks(4));
  svg.append('g').attr('class', 'axis').attr('transform', `translate(${MARGIN.left},0)`).call(d3.axisLeft(y).ticks(4).tickFormat(number));
  for (const { session, points } of series) {
    const colour = board.runs.colour(metric.group ? `${session}/${metric.group}` : session);
    svg.append('path').attr('fill', 'none').attr('stroke-width', 1.6).style('stroke', colour).attr('d', d3.line((p) => x(p.step), (p) => y(p.value))(points));
    if (points.length === 1) svg.append('circle').attr('r', 3).attr('cx', x(points[0].step)).attr('cy', y(points[0].value)).style('fill', colour);
  }
  const frame = element('div', {}, svg.node(), element('p', { class: 'note hparams-point', 'aria-live': 'polite' }, series.length === 1 ? last : `${series.length} sessions`));
  svg.on('pointermove', (event) => {
    const step = x.invert(d3.pointer(event)[0]);
    frame.lastChild.textContent = series.map(({ session, points }) => {
      const nearest = d3.least(points, (point) => Math.abs(point.step - step));
      return `${session}: ${number(nearest.value)} at step ${nearest.step}`;
    }).join('; ');
  });
  return frame;
}
