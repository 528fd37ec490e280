// How well a label is told from the others, for every threshold at once.
import { element } from '../../page/html.js';
import { CardPage } from '../../page/parts/card-page.js';
import { PR_CURVES } from './kind.js';

export const tab = { id: 'pr_curves', title: 'PR Curves', plugins: ['pr_curves'] };

export function mount(container, board) {
  const page = new CardPage(container, board, { kinds: [PR_CURVES] });
  container.querySelector('.cards').prepend(explanation(board.settings));
  return page;
}

function explanation(settings) {
  const details = element('details', { class: 'pr-explanation', open: settings.get('prExplanation', String(innerWidth > 760)) === 'true' },
    element('summary', {}, 'What such a curve says'),
    element('p', {}, 'For each photo the classifier gives a label a score between 0 and 1. A threshold makes it a yes or a no: from this score on it is a yes. ',
      element('b', {}, 'Precision'), ' is the share of the photos with a yes that really have the label; ',
      element('b', {}, 'recall'), ' is the share of the photos that really have the label which got a yes.'),
    element('p', {}, 'A low threshold says yes easily: it finds nearly all (to the right) and errs more often (downwards). A high one is careful: it errs little, but misses some (to the left). ',
      'The nearer a curve comes to the upper right corner, the better. Average precision says this in one number: 1 is without a fault; guessing gives about the share of all photos that have the label.'),
    element('p', {}, 'TP (true positives): a yes that is right. FP (false positives): a yes that is wrong. TN (true negatives): a no that is right. FN (false negatives): a no that is wrong.'));
  details.addEventListener('toggle', () => settings.set('prExplanation', String(details.open)));
  return details;
}
