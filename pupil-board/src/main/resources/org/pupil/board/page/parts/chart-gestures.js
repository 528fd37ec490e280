// What a person does with the pointer and the keys in a chart: zoom into a rectangle, zoom with Alt and the wheel,
// move with Shift or Alt or the middle button, double-click for all of it.
import { element } from '../html.js';
import { part } from './chart-domain.js';

const SMALLEST_DRAG = 5;
// A rectangle that is flatter than this zooms in one direction only.
const FLAT = 8;
const HINT_MILLIS = 1600;
const KEY_STEP = 0.1;

export function addGestures(chart, signal) {
  const { over } = chart;
  const on = (name, callback, options = {}) => over.addEventListener(name, callback, { ...options, signal });
  const box = element('div', { class: 'zoom-box', hidden: true });
  const hint = element('div', { class: 'zoom-hint', hidden: true }, 'Alt + wheel zooms');
  over.append(box, hint);
  let drag = null;

  const place = (event) => {
    const bounds = over.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top, width: bounds.width, height: bounds.height };
  };

  on('pointerdown', (event) => {
    if (event.button > 1 || event.target.closest('.step-marker')) return;
    const isPan = event.button === 1 || event.shiftKey || event.altKey;
    if (event.pointerType === 'touch' && !isPan) return;
    drag = { ...place(event), isPan, domain: chart.domain };
    over.setPointerCapture(event.pointerId);
    over.classList.toggle('panning', isPan);
    if (isPan) event.preventDefault();
  });

  on('pointermove', (event) => {
    const now = place(event);
    if (drag === null) {
      chart.onHover({ ...now, clientX: event.clientX, clientY: event.clientY });
    } else if (drag.isPan) {
      chart.zoom(moved(drag.domain, (drag.x - now.x) / now.width, (now.y - drag.y) / now.height, chart.log));
    } else {
      chart.onHover(null);
      showBox(box, rectangle(drag, now));
    }
  });

  on('pointerup', (event) => {
    const started = drag;
    drag = null;
    box.hidden = true;
    over.classList.remove('panning');
    if (started === null || started.isPan) return;
    const chosen = rectangle(started, place(event));
    if (chosen.dragged >= SMALLEST_DRAG) chart.zoom(inside(started.domain, chosen, chart.log));
  });

  on('pointercancel', () => {
    drag = null;
    box.hidden = true;
  });
  on('pointerleave', () => drag === null && chart.onHover(null));
  on('dblclick', () => chart.zoom(null));
  on('auxclick', (event) => event.preventDefault());

  let hintEnds = 0;
  on('wheel', (event) => {
    if (event.altKey) {
      event.preventDefault();
      const at = place(event);
      const factor = Math.exp(Math.max(-1, Math.min(1, (event.deltaY || event.deltaX) / 300)));
      chart.zoom(scaled(chart.domain, factor, at.x / at.width, 1 - at.y / at.height, chart.log));
    } else {
      hint.hidden = false;
      clearTimeout(hintEnds);
      hintEnds = setTimeout(() => (hint.hidden = true), HINT_MILLIS);
    }
  }, { passive: false });

  on('keydown', (event) => {
    const domain = {
      ArrowLeft: () => moved(chart.domain, -KEY_STEP, 0, chart.log),
      ArrowRight: () => moved(chart.domain, KEY_STEP, 0, chart.log),
      ArrowUp: () => moved(chart.domain, 0, KEY_STEP, chart.log),
      ArrowDown: () => moved(chart.domain, 0, -KEY_STEP, chart.log),
      '+': () => scaled(chart.domain, 0.8, 0.5, 0.5, chart.log),
      '-': () => scaled(chart.domain, 1.25, 0.5, 0.5, chart.log),
      0: () => null,
    }[event.key];
    if (domain === undefined || event.target !== over || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    chart.zoom(domain());
  });
}

function rectangle(from, to) {
  const clamp = (value, most) => Math.max(0, Math.min(most, value));
  const [x0, x1] = [from.x, clamp(to.x, to.width)].sort((a, b) => a - b);
  const [y0, y1] = [from.y, clamp(to.y, to.height)].sort((a, b) => a - b);
  const isWide = x1 - x0 >= FLAT;
  const isHigh = y1 - y0 >= FLAT;
  return {
    left: isWide ? x0 : 0,
    right: isWide ? x1 : to.width,
    top: isHigh ? y0 : 0,
    bottom: isHigh ? y1 : to.height,
    width: to.width,
    height: to.height,
    dragged: Math.max(x1 - x0, y1 - y0),
  };
}

function showBox(box, { left, right, top, bottom, dragged }) {
  box.hidden = dragged < SMALLEST_DRAG;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
  box.style.width = `${right - left}px`;
  box.style.height = `${bottom - top}px`;
}

function inside(domain, { left, right, top, bottom, width, height }, log) {
  return {
    x: part(domain.x, left / width, right / width, false),
    y: part(domain.y, 1 - bottom / height, 1 - top / height, log),
  };
}

function moved(domain, x, y, log) {
  return { x: part(domain.x, x, 1 + x, false), y: part(domain.y, y, 1 + y, log) };
}

// Around a place that stays where it is.
function scaled(domain, factor, x, y, log) {
  return {
    x: part(domain.x, x - x * factor, x + (1 - x) * factor, false),
    y: part(domain.y, y - y * factor, y + (1 - y) * factor, log),
  };
}
