// Draws one line of a chart on a canvas.
import { drawn, GAP } from './columns.js';

const WIDTH = 1.5;
const DOT = 2.5;

const MOST_MARKERS = 300;

export function drawLine(ctx, { xs, ys, colour, dashed }, { x, toX, toY }, { columns, opacity, isThin }) {
  const ratio = devicePixelRatio || 1;
  const indices = drawn(xs, ys, x[0], x[1], columns);
  ctx.globalAlpha = opacity;
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  // One pixel wide is drawn several times as fast.
  ctx.lineWidth = isThin ? 1 : WIDTH * ratio;
  ctx.lineJoin = 'bevel';
  ctx.setLineDash(dashed ? [4 * ratio, 4 * ratio] : []);
  ctx.beginPath();
  let connected = 0;
  let previous = GAP;
  for (const index of indices) {
    if (index === GAP) {
      if (connected === 1) dot(ctx, toX(xs[previous]), toY(ys[previous]), ratio);
      connected = 0;
    } else {
      const left = toX(xs[index]);
      const top = toY(ys[index]);
      if (connected === 0) ctx.moveTo(left, top);
      else ctx.lineTo(left, top);
      connected++;
      previous = index;
    }
  }
  ctx.stroke();
  if (connected === 1) {
    ctx.beginPath();
    dot(ctx, toX(xs[previous]), toY(ys[previous]), ratio);
    ctx.fill();
  }
  if (opacity === 1) drawMarkers(ctx, xs, ys, x, toX, toY, ratio);
  ctx.globalAlpha = 1;
}

function dot(ctx, left, top, ratio) {
  ctx.moveTo(left + DOT * ratio, top);
  ctx.arc(left, top, DOT * ratio, 0, 2 * Math.PI);
}

// Where a value is NaN or infinite, a triangle stands at the height of the last finite one: up for infinity,
// down for minus infinity, hollow for NaN.
function drawMarkers(ctx, xs, ys, x, toX, toY, ratio) {
  let height = NaN;
  let markers = 0;
  ctx.setLineDash([]);
  for (let i = 0; i < ys.length && markers < MOST_MARKERS; i++) {
    const value = ys[i];
    if (Number.isFinite(value)) {
      height = value;
    } else if (xs[i] >= x[0] && xs[i] <= x[1]) {
      const at = Number.isNaN(height) ? firstFinite(ys) : height;
      const size = 4 * ratio * (value === -Infinity ? -1 : 1);
      const left = toX(xs[i]);
      const top = toY(at);
      ctx.beginPath();
      ctx.moveTo(left - Math.abs(size), top + size);
      ctx.lineTo(left + Math.abs(size), top + size);
      ctx.lineTo(left, top - size);
      ctx.closePath();
      if (Number.isNaN(value)) ctx.stroke();
      else ctx.fill();
      markers++;
    }
  }
}

function firstFinite(ys) {
  for (let i = 0; i < ys.length; i++) {
    if (Number.isFinite(ys[i])) return ys[i];
  }
  return 0;
}
