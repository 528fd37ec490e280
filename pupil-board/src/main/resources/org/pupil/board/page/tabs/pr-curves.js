// How well a label is told from the others, for every threshold at once.
import { element } from '../html.js';
import { CardPage } from '../parts/card-page.js';
import { PR_CURVES } from '../parts/kinds.js';

export const tab = { id: 'pr_curves', title: 'PR Curves', plugins: ['pr_curves'], css: true };

export function mount(container, board) {
  const page = new CardPage(container, board, { kinds: [PR_CURVES] });
  container.querySelector('.cards').prepend(explanation(board.settings));
  return page;
}

function explanation(settings) {
  const details = element('details', { class: 'pr-explanation', open: settings.get('prExplanation', String(innerWidth > 760)) === 'true' },
    element('summary', {}, 'What such a curve says'),
    element('p', {}, 'The classifier gives each photo a score between 0 and 1 for a label. A threshold decides: from this score on, the label is taken as right. ',
      element('b', {}, 'Precision'), ' is the share of photos with the label among those for which it was taken as right; ',
      element('b', {}, 'recall'), ' is the share of the photos with the label that were found.'),
    element('p', {}, 'A low threshold finds nearly all (to the right) and is wrong more often (downwards); a high one is careful and misses some (to the left). ',
      'The nearer a curve comes to the upper right corner, the better. The average precision says this in one number: 1 is without a fault, and who guesses gets about the share of photos that have the label.'),
    element('p', {}, 'TP (true positives): taken as right and right. FP: taken as right and wrong. TN: left out and rightly so. FN: left out, though right.'));
  details.addEventListener('toggle', () => settings.set('prExplanation', String(details.open)));
  return details;
}
