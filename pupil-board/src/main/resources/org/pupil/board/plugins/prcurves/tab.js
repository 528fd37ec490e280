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
    element('summary', {}, 'How to read a PR curve'),
    element('p', {}, 'For each photo, the classifier gives every label a score between 0 and 1. A threshold turns the score into a yes or a no: scores at or above the threshold are a yes. ',
      element('b', {}, 'Precision'), ' is the share of photos with a yes that really have the label. ',
      element('b', {}, 'Recall'), ' is the share of photos with the label that got a yes.'),
    element('p', {}, 'A low threshold says yes easily: it finds nearly all photos with the label (to the right), but makes more mistakes (down). A high one is careful: it makes few mistakes, but misses some photos (to the left). ',
      'The closer a curve comes to the upper right corner, the better. Average precision sums this up in one number: 1 is perfect; guessing gives about the share of all photos that have the label.'),
    element('p', {}, 'TP (true positives): a yes that is right. FP (false positives): a yes that is wrong. TN (true negatives): a no that is right. FN (false negatives): a no that is wrong.'));
  details.addEventListener('toggle', () => settings.set('prExplanation', String(details.open)));
  return details;
}
