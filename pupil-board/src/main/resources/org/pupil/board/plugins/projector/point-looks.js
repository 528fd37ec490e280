// How each point of the cloud is drawn: where, how large, in which colour, with which picture, and how faint.
import { partsOf } from './point-colours.js';

// drawn: {rows, dim, positions}; chosen: a row or null; near: the rows of its neighbours, the nearest first; selected: a Set of rows;
// colourOf(row); chosenColour; sprite: of the data, or null; isPicture: whether pictures stand for points.
// Answers arrays with one place for each point.
export function looksOf({ rows, dim, positions }, { chosen, near, selected, colourOf, chosenColour, sprite, isPicture }) {
  const base = isPicture ? Math.max(0.03, Math.min(0.12, 1.4 / Math.sqrt(rows.length))) : Math.max(0.012, Math.min(0.05, 0.9 / Math.sqrt(rows.length)));
  const looks = {
    position: spread(positions, dim), tint: new Float32Array(3 * rows.length), size: new Float32Array(rows.length).fill(base),
    number: Float32Array.from(rows, (row) => spriteNumber(sprite, row)), fade: new Float32Array(rows.length),
  };
  const farness = new Map(near.map((row, i) => [row, i / Math.max(1, near.length - 1)]));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    looks.tint.set(partsOf(row === chosen ? chosenColour : colourOf(row)), 3 * i);
    if (row === chosen) looks.size[i] *= 1.9;
    else if (farness.has(row)) looks.size[i] *= 1.5 - 0.3 * farness.get(row);
    else if (selected.has(row)) looks.size[i] *= 1.4;
    else if (selected.size > 0) {
      looks.fade[i] = 0.75;
      looks.size[i] *= 0.8;
    }
  }
  return looks;
}

function spriteNumber(sprite, row) {
  return sprite === null ? 0 : (row % sprite.perRow) + Math.floor(row / sprite.perRow) * sprite.columns;
}

// Into the cube from -1 to 1, around the middle.
function spread(positions, dim) {
  const n = positions.length / dim;
  const middle = new Float64Array(dim);
  for (let i = 0; i < positions.length; i++) middle[i % dim] += positions[i] / n;
  let size = 0;
  for (let i = 0; i < positions.length; i++) size = Math.max(size, Math.abs(positions[i] - middle[i % dim]));
  const made = new Float32Array(3 * n);
  for (let i = 0; i < n; i++) for (let c = 0; c < dim; c++) made[3 * i + c] = size === 0 ? 0 : (positions[i * dim + c] - middle[c]) / size;
  return made;
}
