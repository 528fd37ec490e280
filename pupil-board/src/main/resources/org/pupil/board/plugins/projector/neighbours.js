// The nearest points by cosine or Euclidean distance, by looking at all.

export const DISTANCES = ['cosine', 'euclidean'];

// Distances from one point to all: cosine is 1 - cosine of the angle (1 where a vector is zero), euclidean the length between.
export function distancesFrom(points, n, d, from, kind) {
  const made = new Float64Array(n);
  const own = norm(points, d, from);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    if (kind === 'cosine') {
      let other = 0;
      for (let k = 0, a = from * d, b = i * d; k < d; k++) {
        sum += points[a + k] * points[b + k];
        other += points[b + k] * points[b + k];
      }
      made[i] = own === 0 || other === 0 ? 1 : Math.max(0, 1 - sum / (own * Math.sqrt(other)));
    } else {
      for (let k = 0, a = from * d, b = i * d; k < d; k++) sum += (points[a + k] - points[b + k]) ** 2;
      made[i] = Math.sqrt(sum);
    }
  }
  return made;
}

function norm(points, d, i) {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += points[i * d + k] ** 2;
  return Math.sqrt(sum);
}

// [{index, distance}], the nearest first, without the point itself; of equal ones the lower index first.
export function nearest(points, n, d, from, count, kind) {
  return smallest(distancesFrom(points, n, d, from, kind), from, Math.min(count, n - 1));
}

function smallest(distances, without, count) {
  const heap = [];
  for (let index = 0; index < distances.length; index++) {
    if (index === without || Number.isNaN(distances[index])) continue;
    if (heap.length === count && distances[index] >= heap[0]?.distance) continue;
    insert(heap, { index, distance: distances[index] }, count);
  }
  return heap.sort((a, b) => a.distance - b.distance || a.index - b.index);
}

// A heap with the largest on top.
function insert(heap, item, most) {
  if (most === 0) return;
  let at = heap.length;
  if (at < most) heap.push(item);
  else {
    heap[0] = item;
    sink(heap);
    return;
  }
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (heap[up].distance >= heap[at].distance) break;
    [heap[up], heap[at]] = [heap[at], heap[up]];
    at = up;
  }
}

function sink(heap) {
  let at = 0;
  for (;;) {
    let largest = at;
    for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && heap[child].distance > heap[largest].distance) largest = child;
    if (largest === at) return;
    [heap[largest], heap[at]] = [heap[at], heap[largest]];
    at = largest;
  }
}

// For every point its nearest by Euclidean distance: {indices: Int32Array n × count, distances: Float32Array n × count, count}.
export function nearestOfAll(points, n, d, count, progress = () => {}) {
  const k = Math.min(count, n - 1);
  const indices = new Int32Array(n * k);
  const distances = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    nearest(points, n, d, i, k, 'euclidean').forEach((one, j) => {
      indices[i * k + j] = one.index;
      distances[i * k + j] = one.distance;
    });
    if (i % 200 === 0) progress(i / n);
  }
  return { indices, distances, count: k };
}
