// Gets what the projector shows: which tensors there are, their numbers, what is known of the points, their pictures.
import { parseMetadata, withoutMetadata } from './metadata.js';

const MOST_ROWS = 100_000;
const MOST_NUMBERS = 60_000_000;
const LARGEST_SPRITE = 8192;

export async function tensorsOf(api) {
  const runs = await api.json('data/plugin/projector/runs');
  const all = await Promise.all(runs.map(async (run) => {
    const info = await api.json('data/plugin/projector/info', { run });
    return (info.embeddings ?? []).map((embedding) => ({ run, ...embedding }));
  }));
  return all.flat();
}

export async function loadTensor(api, tensor) {
  const { run, tensorName: name, tensorShape } = tensor;
  const [n0, d0] = tensorShape ?? [0, 0];
  const most = Math.max(1, Math.min(MOST_ROWS, d0 > 0 ? Math.floor(MOST_NUMBERS / d0) : MOST_ROWS));
  const bytes = await api.bytes('data/plugin/projector/tensor', { run, name, num_rows: most });
  const points = new Float32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
  const d = d0 > 0 ? d0 : await dimensions(api, tensor, points.length);
  const n = Math.floor(points.length / d);
  if (n === 0) throw new Error(`“${name}” of run “${run}” has no points.`);
  clean(points);
  // Without a line for each point the names would stand at the wrong ones; the notes say so.
  const metadata = tensor.metadataPath && tensor.metadataFits !== false ? parseMetadata(await metadataText(api, tensor, n), n) : withoutMetadata(n);
  return { points, n, d, total: Math.max(n0, n), metadata, sprite: await loadSprite(api, tensor), notes: tensor.notes ?? [] };
}

// A number that is none would make every distance none.
function clean(points) {
  for (let i = 0; i < points.length; i++) if (!Number.isFinite(points[i])) points[i] = 0;
}

// Without a shape in the configuration: as many lines of metadata as there are points.
async function dimensions(api, tensor, numbers) {
  if (!tensor.metadataPath) throw new Error(`The configuration gives no shape for “${tensor.tensorName}”.`);
  const lines = (await metadataText(api, tensor, MOST_ROWS)).trimEnd().split('\n');
  const n = lines.length - (lines[0].includes('\t') ? 1 : 0);
  if (n <= 0 || numbers % n !== 0) throw new Error(`The shape of “${tensor.tensorName}” is unknown.`);
  return numbers / n;
}

function metadataText(api, tensor, n) {
  return api.text('data/plugin/projector/metadata', { run: tensor.run, name: tensor.tensorName, num_rows: n });
}

async function loadSprite(api, tensor) {
  const [width, height] = tensor.sprite?.singleImageDim ?? [0, 0];
  if (!(width > 0 && height > 0)) return null;
  const image = new Image();
  image.src = api.url('data/plugin/projector/sprite_image', { run: tensor.run, name: tensor.tensorName });
  try {
    await image.decode();
  } catch {
    return null;
  }
  if (image.naturalWidth > LARGEST_SPRITE || image.naturalHeight > LARGEST_SPRITE) return null;
  const columns = Math.floor(image.naturalWidth / width);
  const rows = Math.floor(image.naturalHeight / height);
  return columns > 0 && rows > 0 ? { image, columns: image.naturalWidth / width, rows: image.naturalHeight / height, perRow: columns, width, height } : null;
}
