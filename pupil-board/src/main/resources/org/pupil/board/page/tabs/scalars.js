import { CardPage } from '../parts/card-page.js';
import { SCALARS } from '../parts/kinds.js';

export const tab = { id: 'scalars', title: 'Scalars', plugins: ['scalars'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [SCALARS] });
}
