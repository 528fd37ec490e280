import { CardPage } from '../parts/card-page.js';
import { PR_CURVES } from '../parts/kinds.js';

export const tab = { id: 'pr_curves', title: 'PR Curves', plugins: ['pr_curves'], css: true };

export function mount(container, board) {
  return new CardPage(container, board, { kinds: [PR_CURVES] });
}
