// Paints the points where there is no WebGL: slower, the same picture.
import { Orbit } from './orbit.js';

export class CanvasPainter {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.sprite = null;
    this.arrays = null;
  }

  setSprite(sprite) {
    this.sprite = sprite;
  }

  setPoints(arrays) {
    this.arrays = arrays;
  }

  paint(orbit, { pictures, line }) {
    const { canvas, context, arrays, sprite } = this;
    const ratio = Math.min(2, devicePixelRatio);
    canvas.width = orbit.width * ratio;
    canvas.height = orbit.height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const project = orbit.projector();
    this.#axes(orbit, project, line);
    if (arrays === null) return;
    const { position, tint, size, number, fade } = arrays;
    const scale = orbit.height / (2 * Math.tan((Orbit.angle / 360) * Math.PI));
    const places = Array.from(size, (_, i) => [...project(position[3 * i], position[3 * i + 1], position[3 * i + 2]), i]).filter((place) => place[2] > 0.01);
    places.sort((a, b) => b[2] - a[2]);
    for (const [x, y, depth, i] of places) {
      const side = Math.max(1.5, Math.min(400, (size[i] * scale) / depth));
      context.globalAlpha = 1 - fade[i];
      context.fillStyle = `rgb(${tint[3 * i] * 255},${tint[3 * i + 1] * 255},${tint[3 * i + 2] * 255})`;
      if (pictures && sprite !== null) {
        const [w, h] = [sprite.image.naturalWidth / sprite.columns, sprite.image.naturalHeight / sprite.rows];
        context.fillRect(x - side / 2, y - side / 2, side, side);
        context.drawImage(sprite.image, (number[i] % sprite.columns) * w, Math.floor(number[i] / sprite.columns) * h, w, h, x - side * 0.45, y - side * 0.45, side * 0.9, side * 0.9);
      } else {
        context.beginPath();
        context.arc(x, y, side / 2, 0, 2 * Math.PI);
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }

  #axes(orbit, project, line) {
    const { context } = this;
    context.strokeStyle = line;
    const ends = orbit.isFlat ? [[[-1, 0, 0], [1, 0, 0]], [[0, -1, 0], [0, 1, 0]]] : [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((end) => [[0, 0, 0], end]);
    for (const [from, to] of ends) {
      const [a, b] = [project(...from), project(...to)];
      if (a[2] <= 0 || b[2] <= 0) continue;
      context.beginPath();
      context.moveTo(a[0], a[1]);
      context.lineTo(b[0], b[1]);
      context.stroke();
    }
  }

  dispose() {}
}
