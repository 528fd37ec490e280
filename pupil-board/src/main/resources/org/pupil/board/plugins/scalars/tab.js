import { CardPage } from '../../page/parts/card-page.js';
import { SCALARS } from './kind.js';

export const tab = { id: 'scalars', title: 'Scalars', plugins: ['scalars'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [SCALARS] });
}
