// Small pictures for buttons, drawn in the colour of their text.
import { svg } from '../html.js';

const PATHS = {
  pin: 'M6 2h4l-.5 4.5 2 2V10h-7V8.5l2-2zM8 10v4.5',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  width: 'M2 8h12M5 5 2 8l3 3M11 5l3 3-3 3',
  download: 'M8 2v8.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  info: 'M8 7.2v4M8 4.6v.6M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8',
};

export function icon(name) {
  return svg('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
}
