import { CardPage } from '../../page/parts/card-page.js';
import { TEXT } from './kind.js';

export const tab = { id: 'text', title: 'Text', plugins: ['text'] };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [TEXT] });
}
