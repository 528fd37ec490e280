// Principal components by block power iteration: exact to a few digits for the leading ones, and quick for many dimensions.
import { randomOf } from './random.js';

const EXTRA = 8;
const ITERATIONS = 14;

// points: Float32Array, n rows of d; answers {scores: Float32Array n × count, share: the part of the variance of each, count}.
export function principalComponents(points, n, d, wanted = 10) {
  const count = Math.min(wanted, n, d);
  const width = Math.min(count + EXTRA, n, d);
  const { centred, total } = centre(points, n, d);
  const random = randomOf(1);
  let basis = Float64Array.from({ length: width * d }, () => random.normal());
  orthonormalize(basis, width, d);
  for (let i = 0; i < ITERATIONS; i++) {
    basis = transposedTimes(centred, times(centred, basis, n, d, width), n, d, width);
    orthonormalize(basis, width, d);
  }
  const scores = times(centred, basis, n, d, width);
  const { values, vectors } = symmetricEigen(gram(scores, n, width), width);
  const rotated = new Float32Array(n * count);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < count; c++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += scores[i * width + k] * vectors[k * width + c];
      rotated[i * count + c] = sum;
    }
  }
  const share = Array.from({ length: count }, (_, c) => (total === 0 ? 0 : Math.max(0, values[c]) / total));
  return { scores: rotated, share, count };
}

function centre(points, n, d) {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) mean[k] += points[i * d + k] / n;
  const centred = new Float32Array(n * d);
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) {
      const value = points[i * d + k] - mean[k];
      centred[i * d + k] = value;
      total += value * value;
    }
  }
  return { centred, total };
}

// n × width: each row against each vector of the basis (rows of length d).
function times(rows, basis, n, d, width) {
  const made = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < width; c++) {
      let sum = 0;
      for (let k = 0, a = i * d, b = c * d; k < d; k++) sum += rows[a + k] * basis[b + k];
      made[i * width + c] = sum;
    }
  }
  return made;
}

function transposedTimes(rows, scores, n, d, width) {
  const made = new Float64Array(width * d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < width; c++) {
      const score = scores[i * width + c];
      if (score === 0) continue;
      for (let k = 0, a = i * d, b = c * d; k < d; k++) made[b + k] += rows[a + k] * score;
    }
  }
  return made;
}

function orthonormalize(basis, width, d) {
  for (let c = 0; c < width; c++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < c; other++) {
        let dot = 0;
        for (let k = 0; k < d; k++) dot += basis[c * d + k] * basis[other * d + k];
        for (let k = 0; k < d; k++) basis[c * d + k] -= dot * basis[other * d + k];
      }
    }
    let norm = 0;
    for (let k = 0; k < d; k++) norm += basis[c * d + k] ** 2;
    norm = Math.sqrt(norm);
    // What is left of a direction without variance is noise; it counts as nothing.
    for (let k = 0; k < d; k++) basis[c * d + k] = norm < 1e-12 ? 0 : basis[c * d + k] / norm;
  }
}

function gram(scores, n, width) {
  const made = new Float64Array(width * width);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < width; a++) for (let b = 0; b < width; b++) made[a * width + b] += scores[i * width + a] * scores[i * width + b];
  }
  return made;
}

// Jacobi's rotations; eigenvalues by decreasing size, eigenvectors in the columns of `vectors`.
export function symmetricEigen(matrix, n) {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2;
    if (off < 1e-22) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((x, y) => a[y * n + y] - a[x * n + x]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors[k * n + to] = v[k * n + from];
  });
  return { values: order.map((i) => a[i * n + i]), vectors };
}

function rotate(a, v, n, p, q) {
  const apq = a[p * n + q];
  if (Math.abs(apq) < 1e-300) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [v[k * n + p], v[k * n + q]];
    v[k * n + p] = c * x - s * y;
    v[k * n + q] = s * x + c * y;
  }
}

// Fewer dimensions by a random projection that keeps distances about as they are (Johnson and Lindenstrauss).
export function randomlyProjected(points, n, d, to) {
  const random = randomOf(2);
  const directions = Float64Array.from({ length: to * d }, () => random.normal() / Math.sqrt(to));
  return Float32Array.from(times(points, directions, n, d, to));
}
