// UMAP (McInnes, Healy and Melville 2018): a fuzzy graph of nearest neighbours, laid out by pulling along its edges and pushing at random.
import { randomOf } from './random.js';

const NEGATIVES = 5;
const SPREAD = 1;

export function epochsFor(n) {
  return n > 10_000 ? 200 : n > 2500 ? 350 : 500;
}

export class Umap {
  epoch = 0;

  // knn of nearestOfAll; start: n × dim positions to begin with.
  constructor(knn, n, start, { dim, minDist = 0.1, epochs = epochsFor(n), seed = 4 }) {
    this.n = n;
    this.dim = dim;
    this.epochs = epochs;
    this.random = randomOf(seed);
    Object.assign(this, curveFor(minDist, SPREAD));
    this.positions = scaled(start, this.random);
    const { from, to, weights } = fuzzyGraph(knn, n);
    const largest = weights.reduce((a, b) => Math.max(a, b), 0);
    // A weak edge is used rarely; one that would never be used is left out.
    const kept = Array.from(weights.keys()).filter((e) => weights[e] >= largest / epochs);
    this.from = Int32Array.from(kept, (e) => from[e]);
    this.to = Int32Array.from(kept, (e) => to[e]);
    this.every = Float64Array.from(kept, (e) => largest / weights[e]);
    this.next = Float64Array.from(this.every);
  }

  get isDone() {
    return this.epoch >= this.epochs;
  }

  step() {
    const { dim, positions, a, b, from, to, every, next, n } = this;
    const rate = 1 - this.epoch / this.epochs;
    for (let e = 0; e < from.length; e++) {
      if (next[e] > this.epoch) continue;
      const [i, j] = [from[e] * dim, to[e] * dim];
      const near = squared(positions, i, j, dim);
      if (near > 0) {
        const pull = (-2 * a * b * near ** (b - 1)) / (a * near ** b + 1);
        for (let c = 0; c < dim; c++) {
          const move = rate * clipped(pull * (positions[i + c] - positions[j + c]));
          positions[i + c] += move;
          positions[j + c] -= move;
        }
      }
      for (let k = 0; k < NEGATIVES; k++) {
        const other = this.random.below(n) * dim;
        if (other === i) continue;
        const far = squared(positions, i, other, dim);
        const push = (2 * b) / ((0.001 + far) * (a * far ** b + 1));
        for (let c = 0; c < dim; c++) positions[i + c] += rate * (far > 0 ? clipped(push * (positions[i + c] - positions[other + c])) : 4);
      }
      next[e] += every[e];
    }
    this.epoch++;
  }
}

function squared(positions, i, j, dim) {
  let sum = 0;
  for (let c = 0; c < dim; c++) sum += (positions[i + c] - positions[j + c]) ** 2;
  return sum;
}

function clipped(value) {
  return Math.max(-4, Math.min(4, value));
}

// Within -10 .. 10, with a little noise so that no two points are the same.
function scaled(start, random) {
  let size = 0;
  for (const value of start) size = Math.max(size, Math.abs(value));
  return Float64Array.from(start, (value) => (size === 0 ? 0 : (value / size) * 10) + random.normal() * 1e-3);
}

// a and b so that 1 / (1 + a d^2b) is near 1 up to minDist and falls off with the spread: Gauss and Newton's least squares.
export function curveFor(minDist, spread) {
  const xs = Array.from({ length: 300 }, (_, i) => ((i + 1) * 3 * spread) / 300);
  const ys = xs.map((x) => (x < minDist ? 1 : Math.exp(-(x - minDist) / spread)));
  let [a, b, damping] = [1.5, 0.9, 1e-3];
  const errorOf = (p, q) => xs.reduce((sum, x, i) => sum + (1 / (1 + p * x ** (2 * q)) - ys[i]) ** 2, 0);
  let error = errorOf(a, b);
  for (let tries = 0; tries < 200; tries++) {
    let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
    xs.forEach((x, i) => {
      const power = x ** (2 * b);
      const f = 1 / (1 + a * power);
      const [da, db] = [-f * f * power, -f * f * a * power * 2 * Math.log(x)];
      const r = f - ys[i];
      aa += da * da;
      ab += da * db;
      bb += db * db;
      ga += da * r;
      gb += db * r;
    });
    const [p, q] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = p * q - ab * ab;
    const [na, nb] = [a - (q * ga - ab * gb) / determinant, b - (p * gb - ab * ga) / determinant];
    const better = na > 0 && nb > 0 ? errorOf(na, nb) : Infinity;
    if (better < error) {
      if (error - better < 1e-14) break;
      [a, b, error, damping] = [na, nb, better, damping / 3];
    } else damping *= 4;
  }
  return { a, b };
}

// The union of each point's fuzzy neighbourhood: {from, to, weights}, each edge in both directions.
export function fuzzyGraph(knn, n) {
  const weights = Array.from({ length: n }, () => new Map());
  for (let i = 0; i < n; i++) {
    const distances = knn.distances.subarray(i * knn.count, (i + 1) * knn.count);
    const { rho, sigma } = bandwidth(distances);
    for (let e = 0; e < knn.count; e++) weights[i].set(knn.indices[i * knn.count + e], distances[e] <= rho ? 1 : Math.exp(-(distances[e] - rho) / sigma));
  }
  const [from, to, joined] = [[], [], []];
  for (let i = 0; i < n; i++) {
    for (const j of new Set([...weights[i].keys(), ...incoming(weights, knn, i)])) {
      const [x, y] = [weights[i].get(j) ?? 0, weights[j].get(i) ?? 0];
      from.push(i);
      to.push(j);
      joined.push(x + y - x * y);
    }
  }
  return { from, to, weights: joined };
}

const incomingOf = new WeakMap();

function incoming(weights, knn, i) {
  if (!incomingOf.has(weights)) {
    const lists = weights.map(() => []);
    weights.forEach((row, from) => row.forEach((_, to) => lists[to].push(from)));
    incomingOf.set(weights, lists);
  }
  return incomingOf.get(weights)[i];
}

// rho is the distance to the nearest other point; sigma makes the weights sum to log2 of the number of neighbours.
export function bandwidth(distances) {
  const wanted = Math.log2(Math.max(2, distances.length));
  const rho = distances.find((distance) => distance > 0) ?? 0;
  let [low, high, sigma] = [0, Infinity, 1];
  for (let tries = 0; tries < 64; tries++) {
    let sum = 0;
    for (const distance of distances) sum += distance <= rho ? 1 : Math.exp(-(distance - rho) / sigma);
    if (Math.abs(sum - wanted) < 1e-5) break;
    if (sum > wanted) {
      high = sigma;
      sigma = (low + high) / 2;
    } else {
      low = sigma;
      sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
    }
  }
  return { rho, sigma: Math.max(sigma, 1e-12) };
}
