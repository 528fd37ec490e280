// How the values of a tensor are spread, as percentiles over time.
import { drawBands } from '../histogram/bands.js';
import { Cards, choice, rowsOf } from '../histogram/cards.js';
import { TIME_AXES } from '../histogram/time-axis.js';

export const tab = { id: 'distributions', title: 'Distributions', plugins: ['histograms'], css: true };

export function mount(container, board) {
  const axis = choice(board, 'histogramAxis', 'Axis of time', TIME_AXES, () => cards.redraw());
  const cards = new Cards(container, board, {
    controls: [axis],
    load: async (run, tag) => {
      const { data, shown, seen } = await rowsOf(board, 'data/plugin/distributions/distributions', { run, tag });
      return { data: data.map(([wallTime, step, values]) => ({ wallTime, step, values: values.map(([, value]) => value) })), shown, seen };
    },
    draw: (card, points) => drawBands(card.chart, points, { axis: axis.value, colour: board.runs.colour(card.run), label: `${card.title}, run ${card.run}` }, (text) => (card.readout.textContent = text)),
  });
  return cards;
}
