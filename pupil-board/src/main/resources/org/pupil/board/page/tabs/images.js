import { CardPage } from '../parts/card-page.js';
import { IMAGES } from '../parts/kinds.js';

export const tab = { id: 'images', title: 'Images', plugins: ['images'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [IMAGES] });
}
