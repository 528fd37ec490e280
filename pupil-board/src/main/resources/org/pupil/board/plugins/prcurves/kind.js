// Where the tags come from, and which card shows one.
import { byTag, spec } from '../../page/parts/specs.js';
import { PrCurveCard } from './pr-curve-card.js';

// Writers name the series of a label so.
const labelOf = (name) => name.replace(/(.)\/pr_curves$/, '$1');

export const PR_CURVES = {
  id: 'pr_curves',
  title: 'PR curves',
  Card: PrCurveCard,
  async specs(ask) {
    const runs = await ask('data/plugin/pr_curves/tags');
    return [...byTag(runs)].map(([tag, withTag]) => {
      const { displayName, description } = runs[[...withTag][0]][tag];
      // Each label has one, and a group of one card each would waste the page.
      return spec('pr_curves', tag, { runs: withTag, title: labelOf(displayName || tag), description, group: 'Labels' });
    });
  },
};
