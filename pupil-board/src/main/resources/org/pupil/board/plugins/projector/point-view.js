// The cloud of points on the screen: turning, pointing at, choosing, and the labels beside points.
import { element } from '../../page/html.js';
import { CanvasPainter } from './canvas-painter.js';
import { Orbit } from './orbit.js';
import { WebglPainter } from './webgl-painter.js';

const REACH_PIXELS = 14;
const MOST_LABELS = 60;

export class PointView {
  #frame = 0;
  #arrays = { position: new Float32Array(0), tint: new Float32Array(0), size: new Float32Array(0), number: new Float32Array(0), fade: new Float32Array(0) };
  #labels = [];
  #labelPool = [];
  #options = { pictures: false, line: '#888', paper: [1, 1, 1] };
  #painter = null;
  #sprite = null;
  orbit = new Orbit();

  // callbacks: {pointed(place in the arrays or -1), chosen(place or -1, isAdding), noWebgl()}
  constructor(callbacks) {
    this.callbacks = callbacks;
    this.canvas = element('canvas', { class: 'projector-canvas' });
    this.labelBox = element('div', { class: 'projector-labels', 'aria-hidden': 'true' });
    this.element = element('div', { class: 'projector-stage', tabindex: 0, role: 'application', 'aria-label': 'Points. Use the arrow keys to rotate, plus and minus to zoom, 0 to reset. The list beside it has the same points as text.' }, this.canvas, this.labelBox);
    this.sizes = new ResizeObserver(() => this.repaint());
    this.sizes.observe(this.element);
    this.#listen();
    this.#start();
  }

  async #start() {
    try {
      this.#painter = await WebglPainter.make(this.canvas);
    } catch {
      const canvas = element('canvas', { class: 'projector-canvas' });
      this.canvas.replaceWith(canvas);
      this.canvas = canvas;
      this.#painter = new CanvasPainter(canvas);
      this.callbacks.noWebgl();
    }
    this.#painter.setSprite(this.#sprite);
    this.#painter.setPoints(this.#arrays);
    this.repaint();
  }

  setSprite(sprite) {
    this.#sprite = sprite;
    this.#painter?.setSprite(sprite);
  }

  setOptions(options) {
    Object.assign(this.#options, options);
    this.repaint();
  }

  setPoints(arrays) {
    this.#arrays = arrays;
    this.#painter?.setPoints(arrays);
    this.repaint();
  }

  // [{place, text, kind}], the important ones first
  setLabels(labels) {
    this.#labels = labels.slice(0, MOST_LABELS);
    this.repaint();
  }

  reset(isFlat) {
    this.#measure();
    this.orbit.reset(isFlat);
    this.repaint();
  }

  // camera: {position, target} of a bookmark, each {x, y, z}
  look(camera, isFlat) {
    this.orbit.reset(isFlat);
    this.orbit.look(camera);
    this.repaint();
  }

  repaint() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.sizes.disconnect();
    this.#painter?.dispose();
  }

  // Whether there is room to paint in.
  #measure() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0 || clientHeight === 0) return false;
    this.orbit.width = clientWidth;
    this.orbit.height = clientHeight;
    return true;
  }

  #paint() {
    this.#frame = 0;
    if (this.#painter === null || !this.#measure()) return;
    this.#painter.paint(this.orbit, this.#options);
    this.#placeLabels();
  }

  #placeLabels() {
    const project = this.orbit.projector();
    const { position } = this.#arrays;
    while (this.#labelPool.length < this.#labels.length) {
      const label = element('span', {});
      this.#labelPool.push(label);
      this.labelBox.append(label);
    }
    this.#labelPool.forEach((label, i) => {
      const one = this.#labels[i];
      const [x, y, depth] = one === undefined ? [0, 0, -1] : project(position[3 * one.place], position[3 * one.place + 1], position[3 * one.place + 2]);
      const isShown = depth > 0 && x > -100 && x < this.orbit.width && y > 0 && y < this.orbit.height;
      label.style.display = isShown ? '' : 'none';
      if (!isShown) return;
      if (label.textContent !== one.text) label.textContent = one.text;
      label.className = one.kind;
      label.style.transform = `translate(${x + 8}px,${y - 8}px)`;
    });
  }

  // The place of the nearest point within reach, -1 when there is none; of close ones the one in front.
  #at(event) {
    const box = this.element.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const project = this.orbit.projector();
    const { position, size } = this.#arrays;
    const focal = this.orbit.height / (2 * Math.tan((Orbit.angle / 360) * Math.PI));
    let best = -1;
    let least = Infinity;
    for (let i = 0; i < size.length; i++) {
      const [x, y, depth] = project(position[3 * i], position[3 * i + 1], position[3 * i + 2]);
      if (depth <= 0) continue;
      const away = Math.hypot(x - px, y - py);
      const radius = Math.max(REACH_PIXELS / 2, (size[i] * focal) / depth / 2);
      if (away > radius + REACH_PIXELS / 2) continue;
      const score = away <= radius ? depth : depth + 10 + away;
      if (score < least) [least, best] = [score, i];
    }
    return best;
  }

  #listen() {
    const pointers = new Map();
    let moved = 0;
    let spread = 0;
    const target = this.element;
    target.addEventListener('pointerdown', (event) => {
      target.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, event);
      moved = 0;
      spread = 0;
    });
    target.addEventListener('pointermove', (event) => {
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        this.callbacks.pointed(this.#at(event));
        return;
      }
      const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
      moved += Math.abs(dx) + Math.abs(dy);
      pointers.set(event.pointerId, event);
      if (pointers.size === 2) {
        const [a, b] = [...pointers.values()];
        const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        if (spread > 0 && now > 0) this.orbit.zoom(spread / now);
        spread = now;
        this.orbit.pan(dx / 2, dy / 2);
      } else if (event.buttons & 6 || event.shiftKey) this.orbit.pan(dx, dy);
      else this.orbit.rotate(dx, dy);
      this.repaint();
    });
    const up = (event) => {
      if (pointers.delete(event.pointerId) && moved < 5 && event.type === 'pointerup' && event.button === 0) this.callbacks.chosen(this.#at(event), event.ctrlKey || event.metaKey);
    };
    target.addEventListener('pointerup', up);
    target.addEventListener('pointercancel', up);
    target.addEventListener('pointerleave', () => this.callbacks.pointed(-1));
    target.addEventListener('contextmenu', (event) => event.preventDefault());
    target.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.orbit.zoom(Math.exp(Math.max(-200, Math.min(200, event.deltaY)) * 0.0015));
      this.repaint();
    }, { passive: false });
    target.addEventListener('keydown', (event) => {
      const turn = (dx, dy) => (event.shiftKey ? this.orbit.pan(dx, dy) : this.orbit.rotate(dx, dy));
      const keys = {
        ArrowLeft: () => turn(-20, 0), ArrowRight: () => turn(20, 0), ArrowUp: () => turn(0, -20), ArrowDown: () => turn(0, 20),
        '+': () => this.orbit.zoom(0.85), '-': () => this.orbit.zoom(1 / 0.85), 0: () => this.orbit.reset(this.orbit.isFlat), Escape: () => this.callbacks.chosen(-1, false),
      };
      if (keys[event.key] === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      keys[event.key]();
      this.repaint();
    });
  }
}
