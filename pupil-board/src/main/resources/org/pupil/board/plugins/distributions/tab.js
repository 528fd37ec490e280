// How the values of a tensor are spread, as percentiles over time.
import { CardPage } from '../../page/parts/card-page.js';
import { DISTRIBUTIONS } from './kind.js';

export const tab = { id: 'distributions', title: 'Distributions', plugins: ['histograms'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [DISTRIBUTIONS] });
}
