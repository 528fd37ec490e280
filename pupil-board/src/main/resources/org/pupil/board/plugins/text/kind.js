// Where the tags come from, and which card shows one.
import { spec } from '../../page/parts/specs.js';
import { TextCard } from './text-card.js';

export const TEXT = {
  id: 'text',
  title: 'Text',
  Card: TextCard,
  async specs(ask) {
    const runs = await ask('data/plugin/text/tags');
    return Object.entries(runs).flatMap(([run, tags]) => tags.map((tag) => spec('text', tag, { run, runs: new Set([run]) })));
  },
};
