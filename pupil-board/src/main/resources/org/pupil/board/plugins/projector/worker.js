// Does the long computations of the projector beside the page.
import { nearestOfAll } from './neighbours.js';
import { principalComponents, randomlyProjected } from './pca.js';
import { sampleOf, randomOf } from './random.js';
import { Tsne } from './tsne.js';
import { epochsFor, Umap } from './umap.js';

const MOST = { pca: 50_000, tsne: 10_000, umap: 5000 };
const MOST_DIMENSIONS = 200;
// Below so many numbers nothing needs to be reduced first.
const SMALL = 8_000_000;
const COMPONENTS_FOR_NEIGHBOURS = 50;
const FRAME_MILLIS = 40;

let data = null;
let running = 0;
let tsne = null;

self.addEventListener('message', async ({ data: message }) => {
  try {
    await handlers[message.type](message);
  } catch (error) {
    self.postMessage({ type: 'failed', sentence: error.message });
  }
});

const handlers = {
  load({ points, n, d }) {
    running++;
    data = { points, n, d, neighbours: new Map() };
    tsne = null;
  },

  pca({ components }) {
    const { rows, points, d, isReduced } = reduced(MOST.pca);
    const { scores, share, count } = principalComponents(points, rows.length, d, components);
    self.postMessage({ type: 'pca', rows, scores, share, count, isReduced });
  },

  async tsne({ dim, perplexity, learningRate }) {
    const id = ++running;
    const { rows, points, d } = compact(MOST.tsne);
    if (rows.length < 4) throw new Error('t-SNE needs at least four points.');
    const knn = nearestFor('tsne', points, rows.length, d, Math.min(rows.length - 1, Math.ceil(3 * perplexity)));
    tsne = { model: new Tsne(knn, rows.length, { dim, perplexity, learningRate }), rows };
    await run(id);
  },

  async resume({ learningRate }) {
    if (tsne === null) return;
    tsne.model.learningRate = learningRate;
    await run(++running);
  },

  pause() {
    running++;
  },

  rate({ learningRate }) {
    if (tsne !== null) tsne.model.learningRate = learningRate;
  },

  perturb() {
    if (tsne === null) return;
    tsne.model.perturb();
    post('tsne', tsne.model, tsne.rows, tsne.model.iteration);
  },

  async umap({ dim, neighbours, minDist }) {
    const id = ++running;
    const { rows, points, d } = compact(MOST.umap);
    if (rows.length < 4) throw new Error('UMAP needs at least four points.');
    const knn = nearestFor('umap', points, rows.length, d, Math.min(rows.length - 1, neighbours));
    const { scores, count } = principalComponents(points, rows.length, d, dim);
    const start = Float32Array.from({ length: rows.length * dim }, (_, i) => (i % dim < count ? scores[Math.floor(i / dim) * count + (i % dim)] : 0));
    const model = new Umap(knn, rows.length, start, { dim, minDist, epochs: epochsFor(rows.length) });
    while (!model.isDone && id === running) {
      const until = performance.now() + FRAME_MILLIS;
      while (!model.isDone && performance.now() < until) model.step();
      post('umap', model, rows, model.epoch, model.epochs);
      await pauseBriefly();
    }
    if (id === running) self.postMessage({ type: 'done', of: 'umap' });
  },
};

async function run(id) {
  const { model, rows } = tsne;
  while (id === running) {
    const until = performance.now() + FRAME_MILLIS;
    do model.step(); while (performance.now() < until);
    post('tsne', model, rows, model.iteration);
    await pauseBriefly();
  }
}

function post(type, model, rows, iteration, of) {
  self.postMessage({ type, rows, dim: model.dim, positions: Float32Array.from(model.positions), iteration, of });
}

// Lets messages come in.
function pauseBriefly() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function sampled(most) {
  const rows = sampleOf(data.n, most, randomOf(5));
  if (rows.length === data.n) return { rows, points: data.points };
  const points = new Float32Array(rows.length * data.d);
  rows.forEach((row, i) => points.set(data.points.subarray(row * data.d, (row + 1) * data.d), i * data.d));
  return { rows, points };
}

function reduced(most) {
  const { rows, points } = sampled(most);
  const { d } = data;
  if (d <= MOST_DIMENSIONS || rows.length * d <= SMALL) return { rows, points, d, isReduced: false };
  return { rows, points: randomlyProjected(points, rows.length, d, MOST_DIMENSIONS), d: MOST_DIMENSIONS, isReduced: true };
}

// Neighbours are looked for among the leading components: with many dimensions that is far quicker.
function compact(most) {
  const { rows, points, d } = reduced(most);
  if (d <= COMPONENTS_FOR_NEIGHBOURS) return { rows, points, d };
  const { scores, count } = principalComponents(points, rows.length, d, COMPONENTS_FOR_NEIGHBOURS);
  return { rows, points: scores, d: count };
}

function nearestFor(kind, points, n, d, count) {
  const key = `${kind} ${count}`;
  if (!data.neighbours.has(key)) {
    data.neighbours.set(key, nearestOfAll(points, n, d, count, (part) => self.postMessage({ type: 'progress', part })));
  }
  return data.neighbours.get(key);
}
