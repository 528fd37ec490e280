// Where the tags come from, and which card shows one.
import { spec, timeSeriesTags } from '../../page/parts/specs.js';
import { ImageCard } from './image-card.js';

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
