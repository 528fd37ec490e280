// Where the tags come from, and which card shows one.
import { ofEachRun } from '../../page/parts/specs.js';
import { HistogramCard } from './histogram-card.js';

export const HISTOGRAMS = {
  id: 'histograms',
  title: 'Histograms',
  Card: HistogramCard,
  specs: (ask) => ofEachRun('histograms', ask('data/plugin/histograms/tags')),
};
