// Scalars, histograms and images together, with pinned cards: the first page of TensorBoard.
import { CardPage } from '../parts/card-page.js';
import { HISTOGRAMS, IMAGES, SCALARS } from '../parts/kinds.js';

export const tab = { id: 'timeseries', title: 'Time Series', plugins: ['scalars', 'histograms', 'images'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [SCALARS, IMAGES, HISTOGRAMS], withPins: true });
}
