// How the values of a tensor are spread, step by step.
import { Cards, choice, rowsOf } from '../histogram/cards.js';
import { rebin, thinned } from '../histogram/rebin.js';
import { drawRidges } from '../histogram/ridges.js';
import { TIME_AXES } from '../histogram/time-axis.js';

export const tab = { id: 'histograms', title: 'Histograms', plugins: ['histograms'], css: true };

// More ridges than this are one black heap.
const MOST_RIDGES = 120;

export function mount(container, board) {
  const redraw = () => cards.redraw();
  const mode = choice(board, 'histogramMode', 'Mode', [['offset', 'One behind the other'], ['overlay', 'On one line']], redraw);
  const axis = choice(board, 'histogramAxis', 'Axis of time', TIME_AXES, redraw);
  const cards = new Cards(container, board, {
    controls: [mode, axis],
    load: async (run, tag) => {
      const { data, shown, seen } = await rowsOf(board, 'data/plugin/histograms/histograms', { run, tag });
      const steps = thinned(data, MOST_RIDGES).map(([wallTime, step, buckets]) => ({ wallTime, step, buckets }));
      return { data: rebin(steps), shown: Math.min(shown, steps.length), seen };
    },
    draw: (card, binned) => drawRidges(card.chart, binned, { axis: axis.value, mode: mode.value, colour: board.runs.colour(card.run), label: `${card.title}, run ${card.run}` }, (text) => (card.readout.textContent = text)),
  });
  return cards;
}
