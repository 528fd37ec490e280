// Moves and scales the drawing: drag, wheel, pinch (by d3), and the small map in the corner.
import { element } from '../../page/html.js';

const SMALLEST = 0.02;
const LARGEST = 4;
const MAP_WIDTH = 150;
const MAP_HEIGHT = 150;

export class Camera {
  #svg;
  #layer;
  #zoom;
  #map = element('canvas', { class: 'graph-map', 'aria-hidden': 'true', width: MAP_WIDTH * 2, height: MAP_HEIGHT * 2 });
  #size = { width: 1, height: 1 };
  #rectangles = [];
  transform = d3.zoomIdentity;

  constructor(svg, layer, onMove) {
    this.#svg = d3.select(svg);
    this.#layer = layer;
    this.#zoom = d3.zoom().scaleExtent([SMALLEST, LARGEST]).clickDistance(4)
      .filter((event) => (!event.ctrlKey || event.type === 'wheel') && !event.button && event.type !== 'dblclick')
      .on('zoom', ({ transform }) => {
        this.transform = transform;
        this.#layer.setAttribute('transform', transform.toString());
        this.#drawMap();
        onMove(transform);
      });
    this.#svg.call(this.#zoom).on('dblclick.zoom', null);
    const drag = (event) => {
      if (event.buttons !== 1) return;
      const box = this.#map.getBoundingClientRect();
      const scale = this.#mapScale();
      const { left, top } = this.#mapMargin();
      this.centre((event.clientX - box.left - left) / scale, (event.clientY - box.top - top) / scale);
    };
    this.#map.addEventListener('pointerdown', (event) => {
      this.#map.setPointerCapture(event.pointerId);
      drag(event);
    });
    this.#map.addEventListener('pointermove', drag);
  }

  get map() {
    return this.#map;
  }

  get #view() {
    const { clientWidth, clientHeight } = this.#svg.node();
    return { width: clientWidth || 1, height: clientHeight || 1 };
  }

  // rectangles: [{x, y, width, height, depth}] for the small map.
  show(size, rectangles) {
    this.#size = size;
    this.#rectangles = rectangles;
    this.#drawMap();
  }

  // All of it, if that can be read; else as wide as it is, from the bottom, where a graph begins.
  fit(all = true) {
    const view = this.#view;
    let scale = Math.min(1.25, 0.96 * Math.min(view.width / this.#size.width, view.height / this.#size.height));
    if (all || scale >= 0.45) {
      this.#to(d3.zoomIdentity.translate((view.width - this.#size.width * scale) / 2, (view.height - this.#size.height * scale) / 2).scale(scale));
      return;
    }
    scale = Math.max(0.45, Math.min(0.9, (0.94 * view.width) / this.#size.width));
    this.#to(d3.zoomIdentity.translate((view.width - this.#size.width * scale) / 2, view.height - this.#size.height * scale).scale(scale));
  }

  centre(x, y, scale = this.transform.k) {
    const view = this.#view;
    this.#to(d3.zoomIdentity.translate(view.width / 2 - x * scale, view.height / 2 - y * scale).scale(scale));
  }

  // Keeps a place of the drawing where it was on the screen.
  hold(before, after) {
    const { k, x, y } = this.transform;
    this.#to(d3.zoomIdentity.translate(x + (before.x - after.x) * k, y + (before.y - after.y) * k).scale(k));
  }

  // Shows a box that is outside of the window.
  reveal(box) {
    const { k, x, y } = this.transform;
    const view = this.#view;
    const [left, top] = [box.x * k + x, box.y * k + y];
    if (k < 0.4) this.centre(box.x, box.y, 0.8);
    else if (left < 40 || top < 40 || left > view.width - 40 || top > view.height - 40) this.centre(box.x, box.y);
  }

  scaleBy(factor) {
    this.#svg.call(this.#zoom.scaleBy, factor);
  }

  #to(transform) {
    this.#svg.call(this.#zoom.transform, transform);
  }

  #mapScale() {
    return Math.min(MAP_WIDTH / this.#size.width, MAP_HEIGHT / this.#size.height);
  }

  #mapMargin() {
    const scale = this.#mapScale();
    return { left: (MAP_WIDTH - this.#size.width * scale) / 2, top: (MAP_HEIGHT - this.#size.height * scale) / 2 };
  }

  #drawMap() {
    const context = this.#map.getContext('2d');
    const scale = this.#mapScale();
    const style = getComputedStyle(this.#map);
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.clearRect(0, 0, MAP_WIDTH, MAP_HEIGHT);
    const { left, top } = this.#mapMargin();
    context.translate(left, top);
    this.#map.style.width = `${MAP_WIDTH}px`;
    this.#map.style.height = `${MAP_HEIGHT}px`;
    context.fillStyle = style.getPropertyValue('--ink-soft');
    for (const { x, y, width, height, depth } of this.#rectangles) {
      context.globalAlpha = depth < 0 ? 0.75 : 0.14;
      context.fillRect((x - width / 2) * scale, (y - height / 2) * scale, Math.max(1.5, width * scale), Math.max(1.5, height * scale));
    }
    const view = this.#view;
    const { k, x, y } = this.transform;
    context.globalAlpha = 1;
    context.strokeStyle = style.getPropertyValue('--accent');
    context.lineWidth = 1.5;
    context.strokeRect((-x / k) * scale, (-y / k) * scale, (view.width / k) * scale, (view.height / k) * scale);
  }
}
