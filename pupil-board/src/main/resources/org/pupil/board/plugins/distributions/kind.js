// Where the tags come from, and which card shows one.
import { ofEachRun } from '../../page/parts/specs.js';
import { DistributionCard } from './distribution-card.js';

export const DISTRIBUTIONS = {
  id: 'distributions',
  title: 'Distributions',
  Card: DistributionCard,
  specs: (ask) => ofEachRun('distributions', ask('data/plugin/distributions/tags')),
};
