// Saved views, as the JSON list that TensorBoard's projector writes and reads: the fields that both know.

const MOST_BOOKMARKS = 200;
const LONGEST_FILE = 50_000_000;

// state: {label, projection, dim, positions (by row), rows, camera {position, target}, colour, labelColumn, selected, components, settings}
export function toBookmark(state) {
  return {
    label: state.label, isSelected: false, selectedProjection: state.projection, dataSetDimensions: [state.n, state.d],
    pcaComponentDimensions: state.components, tSNEPerplexity: state.settings.perplexity, tSNELearningRate: state.settings.learningRate, tSNEis3d: state.settings.tsneDim === 3,
    umapIs3d: state.settings.umapDim === 3, umapNeighbors: state.settings.neighbours, umapMinDist: state.settings.minDist,
    projections: Array.from({ length: state.rows.length }, (_, i) => Object.fromEntries(
      Array.from({ length: state.dim }, (_, c) => [`${state.projection}-${c}`, state.positions[i * state.dim + c]]))),
    pointIndices: state.rows.length === state.n ? undefined : [...state.rows],
    selectedPoints: state.selected, cameraDef: { orthographic: state.dim === 2, position: point(state.camera.position), target: point(state.camera.target), zoom: 1 },
    selectedColorOptionName: state.colour, selectedLabelOption: state.labelColumn,
  };
}

function point([x, y, z]) {
  return { x, y, z };
}

// Only what is as it should be; a sentence for what cannot be read.
export function parseBookmarks(text) {
  if (text.length > LONGEST_FILE) throw new Error('This bookmarks file is too large.');
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error('This is not a bookmarks file: it is not JSON.');
  }
  if (!Array.isArray(list)) throw new Error('This is not a bookmarks file: it is not a list.');
  return list.slice(0, MOST_BOOKMARKS).filter((one) => one !== null && typeof one === 'object' && typeof one.selectedProjection === 'string');
}

// {positions, dim, rows} or null when it is of other data or has no places.
export function placesOf(bookmark, n) {
  const { projections, selectedProjection, pointIndices } = bookmark;
  if (!Array.isArray(projections) || projections.length === 0) return null;
  const rows = Array.isArray(pointIndices) ? Int32Array.from(pointIndices) : Int32Array.from({ length: projections.length }, (_, i) => i);
  if (rows.length !== projections.length || rows.some((row) => row < 0 || row >= n) || (!pointIndices && rows.length !== n)) return null;
  const has = (c) => Number.isFinite(projections[0]?.[`${selectedProjection}-${c}`]);
  const dim = has(2) ? 3 : 2;
  if (!has(0) || !has(1)) return null;
  const positions = new Float32Array(rows.length * dim);
  projections.forEach((one, i) => {
    for (let c = 0; c < dim; c++) positions[i * dim + c] = Number(one?.[`${selectedProjection}-${c}`]) || 0;
  });
  return { positions, dim, rows };
}
