// The drawing as a PNG file.
import { svg } from '../../page/html.js';

const LARGEST_SIDE = 8192;
const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-size', 'font-family', 'font-weight', 'text-anchor', 'paint-order'];

export async function pngOf(layer, { width, height }, background) {
  const copy = layer.cloneNode(true);
  copy.removeAttribute('transform');
  const from = layer.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((to, i) => {
    const style = getComputedStyle(from[i]);
    to.setAttribute('style', STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
  });
  const scale = Math.min(2, LARGEST_SIDE / width, LARGEST_SIDE / height);
  const root = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width: Math.ceil(width * scale), height: Math.ceil(height * scale) },
    svg('rect', { width, height, fill: background }), copy);
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(root)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('The image could not be created.')) : resolve(blob)), 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
