// How the values of a tensor are spread, step by step.
import { CardPage } from '../../page/parts/card-page.js';
import { HISTOGRAMS } from './kind.js';

export const tab = { id: 'histograms', title: 'Histograms', plugins: ['histograms'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [HISTOGRAMS] });
}
