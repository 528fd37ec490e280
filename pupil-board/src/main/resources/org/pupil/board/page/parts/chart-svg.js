// A chart as an SVG file, drawn from its points and not from its pixels.
import { drawn, GAP } from './columns.js';
import { fromFraction, toFraction } from './chart-domain.js';
import * as format from './format.js';

const WIDTH = 800;
const HEIGHT = 450;
const LEFT = 70;
const TOP = 40;
const BOTTOM = 40;
const RIGHT = 20;
const TICKS = 5;

export function chartAsSvg(chart, title) {
  const { x, y } = chart.domain;
  const width = WIDTH - LEFT - RIGHT;
  const legend = chart.lines.length <= 20 ? chart.lines : [];
  const height = HEIGHT - TOP - BOTTOM;
  const toX = (value) => LEFT + toFraction(value, x, false) * width;
  const toY = (value) => TOP + (1 - toFraction(value, y, chart.log)) * height;
  const parts = [];
  const places = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS);
  const xValues = places.map((place) => fromFraction(place, x, false));
  const yValues = places.map((place) => fromFraction(place, y, chart.log));
  const xTexts = chart.sayXs(xValues);
  const yTexts = format.numbers(yValues);
  for (let i = 0; i <= TICKS; i++) {
    const [xValue, yValue] = [xValues[i], yValues[i]];
    parts.push(`<path d="M${round(toX(xValue))} ${TOP}V${TOP + height}M${LEFT} ${round(toY(yValue))}H${LEFT + width}" stroke="#ddd"/>`,
      `<text x="${round(toX(xValue))}" y="${TOP + height + 18}" text-anchor="middle">${escape(xTexts[i])}</text>`,
      `<text x="${LEFT - 8}" y="${round(toY(yValue) + 4)}" text-anchor="end">${escape(yTexts[i])}</text>`);
  }
  const lines = chart.lines.flatMap((line) => [
    ...(line.raw ? [path(line.xs, line.raw, line.colour, 0.25, x, width, toX, toY)] : []),
    path(line.xs, line.ys, line.colour, 1, x, width, toX, toY),
  ]);
  const names = legend.map((line, i) => `<g transform="translate(${LEFT},${HEIGHT + 14 + 18 * i})">`
    + `<rect width="12" height="12" y="-10" fill="${escape(line.colour)}"/><text x="18">${escape(line.key)}</text></g>`);
  const total = HEIGHT + 18 * legend.length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${total}" width="${WIDTH}" height="${total}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${LEFT}" y="24" font-size="16">${escape(title)}</text>
${parts.join('\n')}
<clipPath id="plot"><rect x="${LEFT}" y="${TOP}" width="${width}" height="${height}"/></clipPath>
<g clip-path="url(#plot)">
${lines.join('\n')}
</g>
${names.join('\n')}
</svg>
`;
}

function path(xs, ys, colour, opacity, x, columns, toX, toY) {
  let command = 'M';
  let d = '';
  for (const index of drawn(xs, ys, x[0], x[1], columns)) {
    if (index === GAP) {
      command = 'M';
    } else {
      d += `${command}${round(toX(xs[index]))} ${round(toY(ys[index]))}`;
      command = 'L';
    }
  }
  return `<path d="${d}" fill="none" stroke="${escape(colour)}" stroke-width="1.5" stroke-linejoin="round" opacity="${opacity}"/>`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}
