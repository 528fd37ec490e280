// Where the tags come from, and which card shows one.
import { byTag, spec, timeSeriesTags } from '../../page/parts/specs.js';
import { ScalarCard } from './scalar-card.js';

export const SCALARS = {
  id: 'scalars',
  title: 'Scalars',
  Card: ScalarCard,
  async specs(ask) {
    const { scalars } = await timeSeriesTags(ask);
    return [...byTag(scalars.runTagInfo)].map(([tag, runs]) => spec('scalars', tag, { runs, description: scalars.tagDescriptions[tag] }));
  },
};
