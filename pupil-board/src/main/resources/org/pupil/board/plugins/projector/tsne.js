// t-SNE (van der Maaten and Hinton 2008), with nearest neighbours only and the repulsion by Barnes and Hut's tree (van der Maaten 2014).
import { RepulsionTree } from './repulsion-tree.js';
import { randomOf } from './random.js';

const EXAGGERATED_STEPS = 100;
const EXAGGERATION = 4;
const MOMENTUM_CHANGE = 250;

// As many as suit the number of points: TensorBoard's rule.
export function perplexityFor(n) {
  return Math.max(2, Math.min(100, Math.max(5, Math.ceil(Math.sqrt(n) / 4)), Math.floor((n - 1) / 3)));
}

export class Tsne {
  iteration = 0;

  // knn of nearestOfAll with about three times perplexity neighbours; dim is 2 or 3.
  constructor(knn, n, { dim, perplexity, learningRate, seed = 3 }) {
    this.n = n;
    this.dim = dim;
    this.learningRate = learningRate;
    this.affinities = jointAffinities(knn, n, perplexity);
    this.random = randomOf(seed);
    this.positions = Float64Array.from({ length: n * dim }, () => this.random.normal() * 1e-4);
    this.speeds = new Float64Array(n * dim);
    this.gains = new Float64Array(n * dim).fill(1);
    this.gradient = new Float64Array(n * dim);
    this.tree = new RepulsionTree(n, dim);
  }

  // A push by chance, to leave a place where it is stuck.
  perturb() {
    let size = 0;
    for (const value of this.positions) size = Math.max(size, Math.abs(value));
    for (let i = 0; i < this.positions.length; i++) {
      this.positions[i] += this.random.normal() * size * 0.1;
      this.speeds[i] = 0;
    }
  }

  step() {
    const { n, dim, positions, gradient } = this;
    const exaggeration = this.iteration < EXAGGERATED_STEPS ? EXAGGERATION : 1;
    const momentum = this.iteration < MOMENTUM_CHANGE ? 0.5 : 0.8;
    const { forces, sum } = this.tree.forces(positions);
    const { starts, others, values } = this.affinities;
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < dim; c++) gradient[i * dim + c] = -forces[i * dim + c] / sum;
      for (let e = starts[i]; e < starts[i + 1]; e++) {
        const j = others[e];
        let distance = 0;
        for (let c = 0; c < dim; c++) distance += (positions[i * dim + c] - positions[j * dim + c]) ** 2;
        const pull = (exaggeration * values[e]) / (1 + distance);
        for (let c = 0; c < dim; c++) gradient[i * dim + c] += pull * (positions[i * dim + c] - positions[j * dim + c]);
      }
    }
    this.#move(momentum);
    this.iteration++;
  }

  #move(momentum) {
    const { n, dim, positions, speeds, gains, gradient } = this;
    const mean = new Float64Array(dim);
    for (let i = 0; i < n * dim; i++) {
      gains[i] = Math.max(0.01, Math.sign(gradient[i]) === Math.sign(speeds[i]) ? gains[i] * 0.8 : gains[i] + 0.2);
      speeds[i] = momentum * speeds[i] - this.learningRate * gains[i] * 4 * gradient[i];
      positions[i] += speeds[i];
      mean[i % dim] += positions[i] / n;
    }
    for (let i = 0; i < n * dim; i++) positions[i] -= mean[i % dim];
  }
}

// Symmetric affinities as a sparse matrix {starts, others, values} that sum to 1.
export function jointAffinities(knn, n, perplexity) {
  const rows = Array.from({ length: n }, () => new Map());
  for (let i = 0; i < n; i++) {
    const affinities = conditional(knn.distances.subarray(i * knn.count, (i + 1) * knn.count), perplexity);
    for (let e = 0; e < knn.count; e++) {
      const j = knn.indices[i * knn.count + e];
      rows[i].set(j, (rows[i].get(j) ?? 0) + affinities[e] / (2 * n));
      rows[j].set(i, (rows[j].get(i) ?? 0) + affinities[e] / (2 * n));
    }
  }
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) starts[i + 1] = starts[i] + rows[i].size;
  const others = new Int32Array(starts[n]);
  const values = new Float64Array(starts[n]);
  rows.forEach((row, i) => {
    let at = starts[i];
    for (const [j, value] of row) {
      others[at] = j;
      values[at++] = value;
    }
  });
  return { starts, others, values };
}

// The width of the bell is searched for until it has the wanted perplexity.
export function conditional(distances, perplexity) {
  const wanted = Math.log(Math.min(perplexity, Math.max(1, distances.length)));
  const least = distances.length === 0 ? 0 : Math.min(...distances) ** 2;
  let [low, high, beta] = [0, Infinity, 1];
  const made = new Float64Array(distances.length);
  for (let tries = 0; tries < 64; tries++) {
    let sum = 0;
    let weighted = 0;
    for (let i = 0; i < distances.length; i++) {
      const distance = distances[i] ** 2 - least;
      made[i] = Math.exp(-distance * beta);
      sum += made[i];
      weighted += distance * made[i];
    }
    for (let i = 0; i < made.length; i++) made[i] /= sum;
    const entropy = Math.log(sum) + (beta * weighted) / sum;
    if (Math.abs(entropy - wanted) < 1e-5) break;
    if (entropy > wanted) {
      low = beta;
      beta = high === Infinity ? beta * 2 : (beta + high) / 2;
    } else {
      high = beta;
      beta = (beta + low) / 2;
    }
  }
  return made;
}
