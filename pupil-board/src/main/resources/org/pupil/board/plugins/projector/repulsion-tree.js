// The forces by which all points push each other away in t-SNE: with a tree of squares (cubes), far ones together.

const THETA = 0.8;
const DEEPEST = 40;
// With few points it is quicker, and exact, to look at every pair.
const FEW = 600;

export class RepulsionTree {
  constructor(n, dim, few = FEW) {
    this.n = n;
    this.dim = dim;
    this.isExact = n <= few;
    this.result = new Float64Array(n * dim);
    if (!this.isExact) this.#reserve(4 * n + 64);
  }

  // {forces: n × dim, sum}: the sums of q² (y_i - y_j) and of q over all pairs, q = 1 / (1 + distance²).
  forces(positions) {
    this.result.fill(0);
    return { forces: this.result, sum: Math.max(1e-12, this.isExact ? this.#allPairs(positions) : this.#byTree(positions)) };
  }

  #allPairs(positions) {
    const { n, dim, result } = this;
    let total = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        let distance = 0;
        for (let c = 0; c < dim; c++) distance += (positions[i * dim + c] - positions[j * dim + c]) ** 2;
        const q = 1 / (1 + distance);
        total += 2 * q;
        for (let c = 0; c < dim; c++) {
          const force = q * q * (positions[i * dim + c] - positions[j * dim + c]);
          result[i * dim + c] += force;
          result[j * dim + c] -= force;
        }
      }
    }
    return total;
  }

  #reserve(capacity) {
    const grown = (array, Type, each) => {
      const made = new Type(capacity * each);
      if (array) made.set(array);
      return made;
    };
    const ways = 1 << this.dim;
    this.capacity = capacity;
    this.children = grown(this.children, Int32Array, ways);
    this.counts = grown(this.counts, Int32Array, 1);
    this.points = grown(this.points, Int32Array, 1);
    this.sums = grown(this.sums, Float64Array, this.dim);
    this.centres = grown(this.centres, Float64Array, this.dim);
    this.halves = grown(this.halves, Float64Array, 1);
  }

  #cell(half) {
    if (this.used === this.capacity) this.#reserve(2 * this.capacity);
    const at = this.used++;
    this.children.fill(0, at << this.dim, (at + 1) << this.dim);
    this.sums.fill(0, at * this.dim, (at + 1) * this.dim);
    this.counts[at] = 0;
    this.points[at] = -1;
    this.halves[at] = half;
    return at;
  }

  #build(positions) {
    const { n, dim } = this;
    const [low, high] = [new Array(dim).fill(Infinity), new Array(dim).fill(-Infinity)];
    for (let i = 0; i < n * dim; i++) {
      low[i % dim] = Math.min(low[i % dim], positions[i]);
      high[i % dim] = Math.max(high[i % dim], positions[i]);
    }
    this.used = 0;
    const root = this.#cell(Math.max(...low.map((value, c) => (high[c] - value) / 2), 1e-9) * 1.001);
    for (let c = 0; c < dim; c++) this.centres[root * dim + c] = (low[c] + high[c]) / 2;
    for (let i = 0; i < n; i++) this.#insert(positions, i, root, 0);
  }

  #insert(positions, point, from, fromDepth) {
    const { dim } = this;
    let at = from;
    for (let depth = fromDepth; ; depth++) {
      this.counts[at]++;
      for (let c = 0; c < dim; c++) this.sums[at * dim + c] += positions[point * dim + c];
      if (this.counts[at] === 1) {
        this.points[at] = point;
        return;
      }
      // Points at the same place share a cell.
      if (depth >= DEEPEST) return;
      const resident = this.points[at];
      if (resident >= 0) {
        this.points[at] = -1;
        const child = this.#childFor(positions, resident, at);
        this.counts[child] = 1;
        this.points[child] = resident;
        for (let c = 0; c < dim; c++) this.sums[child * dim + c] = positions[resident * dim + c];
      }
      at = this.#childFor(positions, point, at);
    }
  }

  #childFor(positions, point, at) {
    const { dim } = this;
    let way = 0;
    for (let c = 0; c < dim; c++) if (positions[point * dim + c] > this.centres[at * dim + c]) way |= 1 << c;
    let child = this.children[(at << dim) + way];
    if (child === 0) {
      const half = this.halves[at] / 2;
      child = this.#cell(half);
      this.children[(at << dim) + way] = child;
      for (let c = 0; c < dim; c++) this.centres[child * dim + c] = this.centres[at * dim + c] + (way & (1 << c) ? half : -half);
    }
    return child;
  }

  #byTree(positions) {
    this.#build(positions);
    const { n, dim, result, children, counts, points, sums, halves } = this;
    const ways = 1 << dim;
    const stack = new Int32Array(DEEPEST * ways + ways);
    const delta = new Float64Array(dim);
    let total = 0;
    for (let i = 0; i < n; i++) {
      let top = 0;
      stack[top++] = 0;
      while (top > 0) {
        const at = stack[--top];
        const count = counts[at];
        let distance = 0;
        for (let c = 0; c < dim; c++) {
          delta[c] = positions[i * dim + c] - sums[at * dim + c] / count;
          distance += delta[c] * delta[c];
        }
        const isLeaf = points[at] >= 0 || !hasChildren(children, at, ways);
        if (!isLeaf && 4 * halves[at] * halves[at] > THETA * THETA * distance) {
          for (let way = 0; way < ways; way++) if (children[at * ways + way] !== 0) stack[top++] = children[at * ways + way];
          continue;
        }
        if (points[at] === i) continue;
        const q = 1 / (1 + distance);
        total += count * q;
        for (let c = 0; c < dim; c++) result[i * dim + c] += count * q * q * delta[c];
      }
    }
    return total;
  }
}

function hasChildren(children, at, ways) {
  for (let way = 0; way < ways; way++) if (children[at * ways + way] !== 0) return true;
  return false;
}
