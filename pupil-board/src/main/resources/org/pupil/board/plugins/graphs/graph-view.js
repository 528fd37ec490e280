// One graph: what is open, what is chosen, and the drawing of it.
import { element, svg } from '../../page/html.js';
import { Camera } from './camera.js';
import { NodeColours } from './colours.js';
import { Drawing, traceInputs } from './drawing.js';
import { dissolveSeries, Hierarchy } from './hierarchy.js';
import { layOut } from './layout.js';
import { buildScene } from './scene.js';

// More than so many drawn items make the page slow; then nothing more is opened.
const MOST_DRAWN = 3000;

export class GraphView {
  #svg = svg('svg', { class: 'graph-svg', role: 'application', 'aria-label': 'The graph. Use the arrow keys to move between nodes, Enter to open or close a scope, plus and minus to zoom, 0 to fit everything.' });
  #layer = svg('g', {});
  #hierarchy = null;
  #open = new Set();
  #aside = new Map();
  #scene = null;
  #laid = null;
  #by = 'structure';
  #callbacks;
  chosen = null;
  tracing = false;

  // callbacks: {onChoose(item or null), onOpen(ids), say(sentence)}
  constructor(callbacks) {
    this.#callbacks = callbacks;
    this.#svg.append(this.#layer);
    this.camera = new Camera(this.#svg, this.#layer, () => {});
    this.element = element('div', { class: 'graph-canvas' }, this.#svg, this.camera.map);
    this.drawing = new Drawing(this.#layer, null, {
      chosen: (item) => this.choose(item),
      chosenById: (id) => this.choose(this.#hierarchy.byId.get(id)),
      toggled: (item) => this.toggle(item),
    });
    this.#svg.addEventListener('click', () => this.choose(null));
    this.#svg.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show(hierarchy, open = []) {
    this.#hierarchy = hierarchy;
    this.#open = new Set(open.filter((id) => hierarchy.byId.has(id)));
    this.#aside.clear();
    this.chosen = null;
    this.#draw();
    this.camera.fit(false);
    this.#callbacks.onChoose(null);
  }

  get size() {
    return { width: this.#laid.width, height: this.#laid.height };
  }

  get layer() {
    return this.#layer;
  }

  get legend() {
    return this.drawing.colours?.legend() ?? [];
  }

  colourBy(by) {
    this.#by = by;
    if (this.#hierarchy !== null) this.#draw();
  }

  isOpen(item) {
    return this.#open.has(item.id);
  }

  isAside(item) {
    return this.#find(item)?.aside ?? false;
  }

  setAside(item, aside) {
    this.#aside.set(item.id, aside);
    this.#draw();
    this.choose(item);
  }

  dissolve(series) {
    dissolveSeries(this.#hierarchy, series);
    this.#open.delete(series.id);
    this.#draw();
    this.choose(series.children[0]);
  }

  trace(on) {
    this.tracing = on;
    this.#mark();
  }

  toggle(item) {
    if (item.kind === 'op') return;
    const before = this.drawing.boxes.get(item.id);
    const anchor = before && { x: before.x, y: before.y };
    const hadFocus = this.#layer.contains(document.activeElement);
    if (this.#open.has(item.id)) this.#open.delete(item.id);
    else if (this.drawing.nodes.size + item.children.length > MOST_DRAWN) {
      this.#callbacks.say(`That would draw more than ${MOST_DRAWN} nodes at once. Close another scope first.`);
      return;
    } else this.#open.add(item.id);
    this.#draw();
    const after = this.drawing.boxes.get(item.id);
    if (anchor && after) this.camera.hold(anchor, after);
    this.choose(item);
    if (hadFocus) this.drawing.nodes.get(item.id)?.focus();
    this.#callbacks.onOpen([...this.#open]);
  }

  choose(item) {
    this.chosen = item;
    this.#mark();
    this.#callbacks.onChoose(item);
  }

  // Opens the scopes around an item and brings it into the window.
  reveal(item) {
    let target = item;
    if (item.icon) target = (item.icon === 'const' ? item.outputs[0]?.to : item.inputs[0]?.from) ?? item;
    const around = Hierarchy.path(target).slice(0, -1).map((scope) => scope.id);
    if (around.some((id) => !this.#open.has(id))) {
      for (const id of around) this.#open.add(id);
      this.#draw();
      this.#callbacks.onOpen([...this.#open]);
    }
    this.choose(item);
    const box = this.drawing.boxes.get(target.id);
    if (box) this.camera.reveal(box);
  }

  #find(item) {
    let scene = this.#scene;
    for (const at of Hierarchy.path(item)) {
      const one = scene?.items.find((candidate) => candidate.item === at);
      if (one === undefined) return null;
      if (at === item) return one;
      scene = one.scene;
    }
    return null;
  }

  #draw() {
    this.drawing.colours = new NodeColours(this.#hierarchy, this.#by);
    this.#scene = buildScene(this.#hierarchy, this.#open, this.#aside);
    this.#laid = layOut(this.#scene, dagre);
    this.drawing.draw(this.#laid);
    this.camera.show(this.size, rectangles(this.#laid, 0));
    this.#mark();
  }

  #mark() {
    this.drawing.mark(this.chosen?.id ?? null, this.tracing && this.chosen !== null ? traceInputs(this.chosen) : null);
  }

  #onKey(event) {
    const at = event.target.closest?.('.graph-node');
    const item = at ? this.#hierarchy.byId.get(at.dataset.id) : null;
    const keys = {
      '+': () => this.camera.scaleBy(1.3), '-': () => this.camera.scaleBy(1 / 1.3), 0: () => this.camera.fit(),
      Escape: () => this.choose(null),
      Enter: () => item && (item.kind === 'op' ? this.choose(item) : this.toggle(item)),
      ' ': () => item && this.choose(item),
      ArrowUp: () => this.#moveFocus(item, 0, -1), ArrowDown: () => this.#moveFocus(item, 0, 1),
      ArrowLeft: () => this.#moveFocus(item, -1, 0), ArrowRight: () => this.#moveFocus(item, 1, 0),
    };
    if (keys[event.key] === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  }

  // To the nearest node in a direction; sideways distance counts more.
  #moveFocus(item, dx, dy) {
    const from = item && this.drawing.boxes.get(item.id);
    let best = null;
    let least = Infinity;
    for (const [id, box] of this.drawing.boxes) {
      if (!from) {
        if (best === null || box.y > this.drawing.boxes.get(best).y) best = id;
        continue;
      }
      const [x, y] = [anchorX(box) - anchorX(from), anchorY(box) - anchorY(from)];
      const along = x * dx + y * dy;
      const distance = along + 2.5 * Math.abs(x * dy + y * dx);
      if (along > 1 && distance < least) [best, least] = [id, distance];
    }
    if (best === null) return;
    this.choose(this.#hierarchy.byId.get(best));
    this.drawing.nodes.get(best).focus({ preventScroll: true });
    this.camera.reveal({ x: anchorX(this.drawing.boxes.get(best)), y: anchorY(this.drawing.boxes.get(best)) });
  }
}

// An open scope is at its header for the keyboard.
function anchorX(box) {
  return box.x;
}

function anchorY(box) {
  return box.inside === null ? box.y : box.y - box.height / 2 + 13;
}

function rectangles(laid, depth) {
  return [...laid.boxes, ...laid.aside].flatMap(({ x, y, width, height, inside }) => (
    inside === null ? [{ x, y, width, height, depth: -1 }] : [{ x, y, width, height, depth }, ...rectangles(inside, depth + 1)]));
}
