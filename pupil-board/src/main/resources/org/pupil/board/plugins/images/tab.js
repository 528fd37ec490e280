import { CardPage } from '../../page/parts/card-page.js';
import { IMAGES } from './kind.js';

export const tab = { id: 'images', title: 'Images', plugins: ['images'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [IMAGES] });
}
