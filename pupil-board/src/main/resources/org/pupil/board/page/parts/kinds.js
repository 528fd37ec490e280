// The kinds of cards: where their tags come from, and which card shows one.
import { DistributionCard } from './distribution-card.js';
import { HistogramCard } from './histogram-card.js';
import { ImageCard } from './image-card.js';
import { PrCurveCard } from './pr-curve-card.js';
import { ScalarCard } from './scalar-card.js';
import { TextCard } from './text-card.js';

// A spec says what a card shows: { id, kind, tag, title, description, runs }, of one run only { run, sample }, and { group } if that
// is not the first part of the tag.
function spec(kind, tag, rest) {
  const { run, sample } = rest;
  return { kind, tag, title: tag, description: '', id: JSON.stringify([kind, tag, run ?? null, sample ?? null]), ...rest };
}

// {run: [tag]} or {run: {tag: ...}} to {tag: Set of runs}
function byTag(runs) {
  const tags = new Map();
  for (const [run, tagsOfRun] of Object.entries(runs)) {
    for (const tag of Array.isArray(tagsOfRun) ? tagsOfRun : Object.keys(tagsOfRun)) {
      if (!tags.has(tag)) tags.set(tag, new Set());
      tags.get(tag).add(run);
    }
  }
  return tags;
}

// {run: {tag: {displayName, description}}} to a card for each run and tag.
async function ofEachRun(kind, answer) {
  return Object.entries(await answer).flatMap(([run, tags]) => Object.entries(tags).map(([tag, { displayName, description }]) => (
    spec(kind, tag, { run, runs: new Set([run]), title: displayName || tag, description }))));
}

// One answer has the tags of scalars and of images.
function timeSeriesTags(ask) {
  return ask('data/plugin/timeseries/tags');
}

export const SCALARS = {
  id: 'scalars',
  title: 'Scalars',
  Card: ScalarCard,
  async specs(ask) {
    const { scalars } = await timeSeriesTags(ask);
    return [...byTag(scalars.runTagInfo)].map(([tag, runs]) => spec('scalars', tag, { runs, description: scalars.tagDescriptions[tag] }));
  },
};

export const HISTOGRAMS = {
  id: 'histograms',
  title: 'Histograms',
  Card: HistogramCard,
  specs: (ask) => ofEachRun('histograms', ask('data/plugin/histograms/tags')),
};

export const DISTRIBUTIONS = {
  id: 'distributions',
  title: 'Distributions',
  Card: DistributionCard,
  specs: (ask) => ofEachRun('distributions', ask('data/plugin/distributions/tags')),
};

export const IMAGES = {
  id: 'images',
  title: 'Images',
  Card: ImageCard,
  async specs(ask) {
    const { images } = await timeSeriesTags(ask);
    const specs = [];
    for (const [tag, runs] of Object.entries(images.tagRunSampledInfo)) {
      for (const [run, { maxSamplesPerStep: samples }] of Object.entries(runs)) {
        for (let sample = 0; sample < samples; sample++) {
          specs.push(spec('images', tag, { run, sample, samples, runs: new Set([run]), description: images.tagDescriptions[tag] }));
        }
      }
    }
    return specs;
  },
};

export const TEXT = {
  id: 'text',
  title: 'Text',
  Card: TextCard,
  async specs(ask) {
    const runs = await ask('data/plugin/text/tags');
    return Object.entries(runs).flatMap(([run, tags]) => tags.map((tag) => spec('text', tag, { run, runs: new Set([run]) })));
  },
};

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
