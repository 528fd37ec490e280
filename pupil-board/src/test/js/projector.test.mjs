import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customAxis, kindOf, parseMetadata, searchPoints } from '../../main/resources/org/pupil/board/plugins/projector/metadata.js';
import { parseBookmarks, placesOf, toBookmark } from '../../main/resources/org/pupil/board/plugins/projector/bookmarks.js';
import { Orbit } from '../../main/resources/org/pupil/board/plugins/projector/orbit.js';
import { distancesFrom, nearest, nearestOfAll } from '../../main/resources/org/pupil/board/plugins/projector/neighbours.js';
import { principalComponents, randomlyProjected, symmetricEigen } from '../../main/resources/org/pupil/board/plugins/projector/pca.js';
import { randomOf, sampleOf } from '../../main/resources/org/pupil/board/plugins/projector/random.js';
import { RepulsionTree } from '../../main/resources/org/pupil/board/plugins/projector/repulsion-tree.js';
import { conditional, jointAffinities, perplexityFor, Tsne } from '../../main/resources/org/pupil/board/plugins/projector/tsne.js';
import { bandwidth, curveFor, fuzzyGraph, Umap } from '../../main/resources/org/pupil/board/plugins/projector/umap.js';

const near = (actual, expected, tolerance = 1e-4) => assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

// Three clouds of points far from each other.
function clouds(each, d, seed = 7) {
  const random = randomOf(seed);
  const points = new Float32Array(3 * each * d);
  for (let i = 0; i < 3 * each; i++) for (let k = 0; k < d; k++) points[i * d + k] = random.normal() + (k === i % 3 ? 20 : 0);
  return points;
}

// The share of points whose nearest other point in the projection is of the same cloud.
function together(positions, n, dim) {
  let right = 0;
  for (let i = 0; i < n; i++) right += nearest(positions, n, dim, i, 1, 'euclidean')[0].index % 3 === i % 3;
  return right / n;
}

// Numbers of scikit-learn 1.9: PCA(4) of this matrix.
const ROWS = [
  [3, 6, -9, -6, -6], [-2, 0, 9, -5, -3], [3, -8, -3, -2, 5], [8, -4, 4, -1, 0], [7, -4, 6, 6, -9], [9, -6, 8, 5, -2],
  [-9, -8, 0, -9, 1], [-6, 2, 9, -7, -9], [-9, -5, -4, -3, -1], [8, 6, -5, 0, 1], [-8, -8, -2, 0, -6], [-3, 2, 5, 9, -9],
];
const SHARES = [0.37996146856512064, 0.2714581328283996, 0.19595494924343498, 0.12141925748858957];
const FIRST_SCORES = [[1.511086, 10.132904, 10.157439, 0.286446], [1.130173, 5.228324, 1.160702, 6.907034], [1.230083, 7.495996, 8.422743, 0.247336]];

test('principal components are those of scikit-learn', () => {
  const { scores, share, count } = principalComponents(Float32Array.from(ROWS.flat()), 12, 5, 4);
  assert.equal(count, 4);
  SHARES.forEach((expected, c) => near(share[c], expected, 1e-6));
  FIRST_SCORES.forEach((row, i) => row.forEach((expected, c) => near(Math.abs(scores[i * count + c]), expected, 1e-3)));
});

test('there are never more components than points or dimensions, and none without variance', () => {
  assert.equal(principalComponents(Float32Array.from(ROWS.flat()), 12, 5, 10).count, 5);
  const same = principalComponents(new Float32Array(12).fill(3), 4, 3, 3);
  assert.deepEqual(same.share, [0, 0, 0]);
  assert.ok(same.scores.every((value) => value === 0));
});

test('eigenvalues of a symmetric matrix', () => {
  const { values } = symmetricEigen([4, 1, 2, 1, 3, 0, 2, 0, 5], 3);
  [6.66907909, 3.4760236, 1.85489731].forEach((expected, i) => near(values[i], expected, 1e-7));
});

test('a random projection keeps distances about as they are', () => {
  const points = clouds(10, 400);
  const projected = randomlyProjected(points, 30, 400, 200);
  const [before, after] = [distancesFrom(points, 30, 400, 0, 'euclidean'), distancesFrom(projected, 30, 200, 0, 'euclidean')];
  for (let i = 1; i < 30; i++) assert.ok(Math.abs(after[i] / before[i] - 1) < 0.3);
});

test('nearest points by both distances', () => {
  const points = Float32Array.from([1, 0, 2, 0, 0, 1, 10, 1, 0, 0]);
  assert.deepEqual(nearest(points, 5, 2, 0, 2, 'euclidean').map((one) => one.index), [1, 4]);
  assert.deepEqual(nearest(points, 5, 2, 0, 2, 'cosine').map((one) => one.index), [1, 3]);
  near(distancesFrom(points, 5, 2, 0, 'cosine')[2], 1);
  near(distancesFrom(points, 5, 2, 0, 'cosine')[4], 1);
  assert.equal(nearest(points, 5, 2, 0, 100, 'euclidean').length, 4);
  const all = nearestOfAll(points, 5, 2, 3);
  assert.deepEqual([...all.indices.subarray(0, 3)], [1, 4, 2]);
});

test('nearest points are those of sorting all', () => {
  const points = clouds(40, 6);
  const sorted = Array.from(distancesFrom(points, 120, 6, 17, 'euclidean'), (distance, index) => ({ index, distance })).filter((one) => one.index !== 17).sort((a, b) => a.distance - b.distance);
  assert.deepEqual(nearest(points, 120, 6, 17, 15, 'euclidean'), sorted.slice(0, 15));
});

test('a sample has no number twice and is the same each time', () => {
  const sample = sampleOf(1000, 100, randomOf(1));
  assert.equal(new Set(sample).size, 100);
  assert.deepEqual(sample, sampleOf(1000, 100, randomOf(1)));
  assert.deepEqual([...sampleOf(3, 5, randomOf(1))], [0, 1, 2]);
});

test('the bell of each point has the wanted perplexity', () => {
  const affinities = conditional(Float32Array.from({ length: 30 }, (_, i) => 1 + i / 3), 8);
  near(affinities.reduce((a, b) => a + b), 1);
  near(Math.exp(-affinities.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0)), 8, 1e-2);
  assert.ok(conditional(new Float32Array(5), 30).every(Number.isFinite));
});

test('joint affinities are symmetric and sum to one', () => {
  const { starts, others, values } = jointAffinities(nearestOfAll(clouds(10, 4), 30, 4, 9), 30, 3);
  near(values.reduce((a, b) => a + b), 1);
  const at = (i, j) => values[starts[i] + others.subarray(starts[i], starts[i + 1]).indexOf(j)];
  for (let i = 0; i < 30; i++) for (let e = starts[i]; e < starts[i + 1]; e++) near(values[e], at(others[e], i), 1e-12);
});

for (const dim of [2, 3]) {
  test(`the forces of the tree are about those of all pairs, in ${dim} dimensions`, () => {
    const random = randomOf(3);
    const positions = Float64Array.from({ length: 800 * dim }, () => random.normal() * 5);
    const exact = new RepulsionTree(800, dim, 1e9).forces(positions);
    const tree = new RepulsionTree(800, dim, 0).forces(positions);
    assert.ok(Math.abs(tree.sum / exact.sum - 1) < 0.04);
    const length = Math.hypot(...exact.forces);
    assert.ok(Math.hypot(...exact.forces.map((force, i) => force - tree.forces[i])) < 0.08 * length);
  });
}

test('points at the same place do no harm to the tree', () => {
  const positions = new Float64Array(2000).fill(1);
  const { forces, sum } = new RepulsionTree(1000, 2, 0).forces(positions);
  assert.ok(forces.every((force) => Math.abs(force) < 1e-6));
  assert.ok(sum > 0);
});

for (const dim of [2, 3]) {
  test(`t-SNE keeps clouds together, in ${dim} dimensions`, () => {
    const knn = nearestOfAll(clouds(30, 10), 90, 10, 30);
    const tsne = new Tsne(knn, 90, { dim, perplexity: 10, learningRate: 10 });
    for (let i = 0; i < 400; i++) tsne.step();
    assert.ok(tsne.positions.every(Number.isFinite));
    assert.equal(together(tsne.positions, 90, dim), 1);
    tsne.perturb();
    tsne.step();
    assert.ok(tsne.positions.every(Number.isFinite));
  });
}

test('the perplexity fits the number of points', () => {
  assert.deepEqual([4, 10, 148, 10_000, 1_000_000].map(perplexityFor), [2, 3, 5, 25, 100]);
});

// scipy's curve_fit of the same curve: 1.57694346, 0.89506088 and 0.58303002, 1.33416699.
test('the curve of UMAP is that of a least squares fit', () => {
  const first = curveFor(0.1, 1);
  near(first.a, 1.57694346, 0.02);
  near(first.b, 0.89506088, 0.01);
  const second = curveFor(0.5, 1);
  near(second.a, 0.58303002, 0.02);
  near(second.b, 1.33416699, 0.02);
});

test('the fuzzy graph is symmetric, with weights between 0 and 1', () => {
  const knn = nearestOfAll(clouds(10, 4), 30, 4, 5);
  const { rho, sigma } = bandwidth(knn.distances.subarray(0, 5));
  assert.equal(rho, knn.distances[0]);
  near([...knn.distances.subarray(0, 5)].reduce((sum, distance) => sum + Math.exp(-Math.max(0, distance - rho) / sigma), 0), Math.log2(5), 1e-3);
  const { from, to, weights } = fuzzyGraph(knn, 30);
  const all = new Map(from.map((i, e) => [`${i} ${to[e]}`, weights[e]]));
  for (const [key, weight] of all) {
    assert.ok(weight > 0 && weight <= 1 + 1e-12);
    near(weight, all.get(key.split(' ').reverse().join(' ')), 1e-12);
  }
});

test('UMAP keeps clouds together', () => {
  const points = clouds(30, 10);
  const knn = nearestOfAll(points, 90, 10, 15);
  const umap = new Umap(knn, 90, principalComponents(points, 90, 10, 2).scores, { dim: 2, epochs: 200 });
  while (!umap.isDone) umap.step();
  assert.ok(umap.positions.every(Number.isFinite));
  assert.equal(together(umap.positions, 90, 2), 1);
});

test('metadata with and without a header', () => {
  const table = parseMetadata('label\tfile\r\ncat\ta.jpg\r\ndog\tb.jpg\r\n', 3);
  assert.deepEqual(table.names, ['label', 'file']);
  assert.deepEqual(table.valuesOf(1), ['a.jpg', 'b.jpg', '']);
  assert.deepEqual(parseMetadata('cat\ndog\n', 2).valuesOf(0), ['cat', 'dog']);
});

test('a column colours by categories, by numbers or not at all', () => {
  assert.equal(kindOf(['a', 'b', 'a']), 'categories');
  assert.equal(kindOf(Array.from({ length: 20 }, (_, i) => String(i / 7))), 'numbers');
  assert.equal(kindOf(['1', '0', '1']), 'categories');
  assert.equal(kindOf(Array.from({ length: 51 }, (_, i) => `x${i}`)), null);
});

test('search by text and by an expression, a hundred at most', () => {
  const values = Array.from({ length: 300 }, (_, i) => `Cat ${i}`);
  assert.equal(searchPoints(values, 'cat', false).total, 300);
  assert.equal(searchPoints(values, 'cat', false).indices.length, 100);
  assert.deepEqual(searchPoints(values, '^cat 2$', true).indices, [2]);
  assert.equal(searchPoints(values, '(', true), null);
});

test('an axis from some points to others', () => {
  const points = Float32Array.from([0, 0, 4, 0, 1, 5, 0, 2, 4, -2]);
  assert.deepEqual([...customAxis(points, 5, 2, [0], [1, 1])], [0, 4, 1, 0, 4]);
  assert.deepEqual([...customAxis(points, 5, 2, [0], [0])], [0, 0, 0, 0, 0]);
});

test('the eye sees the target in the middle, and comes back to where it was', () => {
  const orbit = new Orbit();
  Object.assign(orbit, { width: 400, height: 200, turn: 1.1, tilt: -0.4, distance: 2, target: [1, 2, 3] });
  const [x, y, depth] = orbit.projector()(1, 2, 3);
  near(x, 200);
  near(y, 100);
  near(depth, 2);
  const [px, py, pz] = orbit.eye();
  const other = new Orbit();
  other.look({ position: { x: px, y: py, z: pz }, target: { x: 1, y: 2, z: 3 } });
  near(other.turn, 1.1);
  near(other.tilt, -0.4);
  near(other.distance, 2);
  other.look({ position: { x: 'a' } });
  near(other.distance, 2);
});

test('what is under the pointer stays under it while it is dragged', () => {
  const orbit = new Orbit();
  Object.assign(orbit, { width: 400, height: 200 });
  orbit.pan(30, -20);
  const [x, y] = orbit.projector()(0, 0, 0);
  near(x, 230);
  near(y, 80);
});

test('a bookmark comes back as it was', () => {
  const positions = Float32Array.from([1, 2, 3, 4, 5, 6]);
  const state = {
    label: 'x', projection: 'tsne', dim: 3, positions, rows: Int32Array.from([0, 1]), n: 2, d: 5, camera: { position: [1, 2, 3], target: [0, 0, 0] },
    colour: 'label', labelColumn: 'file', selected: [1], components: [0, 1, 2], settings: { perplexity: 5, learningRate: 10, tsneDim: 3, umapDim: 3, neighbours: 15, minDist: 0.1 },
  };
  const [bookmark] = parseBookmarks(JSON.stringify([toBookmark(state)]));
  const places = placesOf(bookmark, 2);
  assert.deepEqual([...places.positions], [...positions]);
  assert.equal(places.dim, 3);
  assert.equal(placesOf(bookmark, 3), null);
});

test('what is no list of bookmarks is refused, and what is not as it should be is passed over', () => {
  assert.throws(() => parseBookmarks('{'), /not JSON/);
  assert.throws(() => parseBookmarks('{}'), /not a list/);
  assert.deepEqual(parseBookmarks('[null, 3, {"label": "x"}]'), []);
  assert.equal(placesOf({ selectedProjection: 'pca', projections: [null] }, 1), null);
  assert.equal(placesOf({ selectedProjection: 'pca', projections: [{ 'pca-0': 1, 'pca-1': 2 }], pointIndices: [7] }, 3), null);
});
