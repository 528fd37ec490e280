// Scalars, histograms and images together, with pinned cards: the first page of TensorBoard.
import { CardPage } from '../../page/parts/card-page.js';
import { HISTOGRAMS } from '../histograms/kind.js';
import { IMAGES } from '../images/kind.js';
import { SCALARS } from '../scalars/kind.js';

export const tab = { id: 'timeseries', title: 'Time Series', plugins: ['scalars', 'histograms', 'images'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [SCALARS, IMAGES, HISTOGRAMS], withPins: true });
}
