// Draws a laid out scene as SVG.
import { svg } from '../../page/html.js';
import { shortened } from './layout.js';
import { edgeWidth, isControl } from './scene.js';

const line = (points) => d3.line().x((point) => point.x).y((point) => point.y).curve(d3.curveMonotoneY)(points);

// The elements of a drawing, and where they stand.
export class Drawing {
  // actions: {chosen(item), chosenById(id), toggled(item)}: what a person did with a node. Boxes and elements by id are in `boxes` and `nodes`.
  constructor(layer, colours, actions) {
    this.layer = layer;
    this.colours = colours;
    this.actions = actions;
    this.boxes = new Map();
    this.nodes = new Map();
    this.lines = [];
    this.gradients = new Map();
  }

  draw(laid) {
    this.boxes.clear();
    this.nodes.clear();
    this.lines = [];
    this.gradients.clear();
    this.definitions = svg('defs', {},
      svg('marker', { id: 'graph-arrow', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, markerUnits: 'userSpaceOnUse', orient: 'auto' },
        svg('path', { d: 'M0,1 L10,5 L0,9 Z', class: 'graph-arrow' })));
    const content = svg('g', {});
    this.#group(content, laid);
    this.layer.replaceChildren(this.definitions, content);
  }

  #group(parent, laid) {
    for (const box of laid.boxes) if (box.inside !== null) this.#open(parent, box);
    const edges = svg('g', { class: 'graph-edges' });
    parent.append(edges);
    for (const edge of laid.edges) this.#edge(edges, edge);
    for (const box of laid.boxes) if (box.inside === null) this.#closed(parent, box);
    if (laid.aside.length > 0) {
      parent.append(svg('text', { class: 'graph-aside-title', x: laid.asideLabel.x, y: laid.asideLabel.y }, 'Connected to many nodes'));
      for (const box of laid.aside) this.#closed(parent, box);
    }
  }

  #open(parent, box) {
    const group = this.#node(parent, box, 'open');
    const [x, y] = [box.x - box.width / 2, box.y - box.height / 2];
    group.append(
      svg('rect', { class: 'graph-scope', x, y, width: box.width, height: box.height, rx: 8, style: `stroke:${this.#paint(box.item)}` }),
      svg('rect', { class: 'graph-header', x, y, width: box.width, height: 26, rx: 8, style: `fill:${this.#paint(box.item)}` }),
      svg('text', { class: 'graph-name', x: box.x, y: y + 17 }, shortened(box.item.name, 40)),
      this.#sign(box, x + box.width - 15, y + 13, '−'));
    this.#group(parent, box.inside);
  }

  #closed(parent, box) {
    const { item } = box;
    const group = this.#node(parent, box, item.kind);
    const paint = this.#paint(item);
    const [x, y] = [box.x - box.width / 2, box.y - box.height / 2];
    const height = item.kind === 'op' ? 26 : 34;
    const top = box.y - height / 2;
    if (item.kind === 'series') {
      for (const shift of [6, 3]) group.append(svg('rect', { class: 'graph-shape', x: x + shift, y: top - shift, width: box.width, height, rx: 6, style: `fill:${paint};stroke:${paint}` }));
    }
    group.append(
      svg('rect', { class: 'graph-shape', x, y: top, width: box.width, height, rx: item.kind === 'op' ? 13 : 6, style: `fill:${paint};stroke:${paint}` }),
      svg('text', { class: 'graph-name', x: item.kind === 'op' ? box.x : box.x - 8, y: box.y + 4 }, shortened(item.name)));
    if (item.kind !== 'op') group.append(this.#sign(box, x + box.width - 15, box.y, '+'));
    this.#icons(parent, box, box.one.left, -1, y);
    this.#icons(parent, box, box.one.right, 1, y);
  }

  // Something that can be chosen and has the keyboard's focus.
  #node(parent, box, kind) {
    const { item } = box;
    const group = svg('g', {
      class: `graph-node ${kind}`, tabindex: -1, role: 'button', 'data-id': item.id,
      'aria-label': item.kind === 'op' ? `${item.name}, ${item.node.op}` : `${item.name}, ${item.kind === 'series' ? 'series' : 'scope'} of ${item.operations} nodes, ${kind === 'open' ? 'open' : 'closed'}`,
    });
    group.addEventListener('click', (event) => {
      event.stopPropagation();
      this.actions.chosen(item);
    });
    group.addEventListener('dblclick', (event) => {
      event.stopPropagation();
      this.actions.toggled(item);
    });
    group.append(svg('title', {}, item.kind === 'op' ? `${item.node.name} (${item.node.op})` : `${item.id} (${item.operations} nodes)`));
    parent.append(group);
    this.boxes.set(item.id, box);
    this.nodes.set(item.id, group);
    return group;
  }

  #sign(box, x, y, sign) {
    const made = svg('g', { class: 'graph-sign', transform: `translate(${x},${y})` },
      svg('circle', { r: 8 }), svg('text', { y: 4.5 }, sign));
    made.addEventListener('click', (event) => {
      event.stopPropagation();
      this.actions.toggled(box.item);
    });
    return made;
  }

  #icons(parent, box, icons, side, top) {
    const first = top + box.height / 2 - ((icons.length - 1) * 14) / 2;
    icons.forEach((icon, i) => {
      const y = first + i * 14;
      const x = box.x + side * (box.width / 2 + 12);
      const mark = icon.kind === 'summary' ? svg('path', { class: 'graph-icon', d: `M${x - 4},${y + 4}v-4m3,4v-8m3,8v-5` })
        : icon.kind === 'const' ? svg('circle', { class: 'graph-icon', cx: x, cy: y, r: 3.5 })
          : svg('rect', { class: 'graph-icon', x: x - 4, y: y - 3, width: 8, height: 6, rx: 2 });
      const one = svg('g', { class: `graph-annotation ${icon.kind}` },
        svg('line', { class: 'graph-annotation-line', x1: box.x + side * (box.width / 2), x2: x - side * 4, y1: box.y + Math.max(-10, Math.min(10, y - box.y)), y2: y }),
        mark,
        svg('text', { x: x + side * 7, y: y + 3.5, 'text-anchor': side < 0 ? 'end' : 'start' }, shortened(icon.name, 16)),
        svg('title', {}, icon.id ?? icon.name));
      if (icon.id !== null) {
        one.addEventListener('click', (event) => {
          event.stopPropagation();
          this.actions.chosenById(icon.id);
        });
      }
      parent.append(one);
    });
  }

  #edge(parent, { edge, points, label }) {
    const control = isControl(edge.edges);
    const path = svg('path', {
      class: `graph-edge${control ? ' control' : ''}`, d: line(points), 'stroke-width': control ? 1.2 : edgeWidth(edge.edges).toFixed(2),
      'marker-end': edge.to === null || edge.to.open ? null : 'url(#graph-arrow)',
    });
    parent.append(path);
    this.lines.push({ path, edges: edge.edges });
    if (label !== null && edge.from !== null && edge.to !== null) {
      parent.append(svg('text', { class: 'graph-edge-label', x: label.x, y: label.y + 3 }, label.text));
    }
  }

  // A colour, or a gradient of several.
  #paint(item) {
    const shares = this.colours.of(item);
    if (shares.length === 1) return shares[0].colour;
    const key = shares.map(({ colour, share }) => `${colour}${share}`).join();
    if (!this.gradients.has(key)) {
      const id = `graph-gradient-${this.gradients.size}`;
      const gradient = svg('linearGradient', { id });
      let at = 0;
      for (const { colour, share } of shares) {
        gradient.append(svg('stop', { offset: at, 'stop-color': colour }), svg('stop', { offset: at + share, 'stop-color': colour }));
        at += share;
      }
      this.definitions.append(gradient);
      this.gradients.set(key, `url(#${id})`);
    }
    return this.gradients.get(key);
  }

  // The chosen node and, when asked for, everything that its value depends on.
  mark(chosenId, traced) {
    for (const [id, node] of this.nodes) {
      node.classList.toggle('chosen', id === chosenId);
      node.setAttribute('tabindex', id === chosenId ? 0 : -1);
      node.classList.toggle('traced', traced !== null && traced.items.has(id));
      node.classList.toggle('faded', traced !== null && !traced.items.has(id));
    }
    if (!this.nodes.has(chosenId)) this.nodes.values().next().value?.setAttribute('tabindex', 0);
    for (const { path, edges } of this.lines) {
      path.classList.toggle('traced', traced !== null && edges.some((edge) => traced.edges.has(edge)));
      path.classList.toggle('chosen', chosenId !== null && edges.some((edge) => within(edge.from, chosenId) || within(edge.to, chosenId)));
    }
  }
}

function within(item, id) {
  return item.id === id || item.id.startsWith(`${id}/`);
}

// Everything that the item's value depends on: {items: Set of ids (with their scopes), edges: Set}.
export function traceInputs(item) {
  const items = new Set();
  const edges = new Set();
  const open = item.kind === 'op' ? [item] : operationsOf(item);
  const seen = new Set(open);
  while (open.length > 0) {
    const at = open.pop();
    for (let scope = at; scope.parent !== null; scope = scope.parent) items.add(scope.id);
    for (const edge of at.inputs) {
      edges.add(edge);
      if (!seen.has(edge.from)) {
        seen.add(edge.from);
        open.push(edge.from);
      }
    }
  }
  return { items, edges };
}

export function operationsOf(group) {
  const found = [];
  const open = [group];
  while (open.length > 0) {
    const at = open.pop();
    if (at.kind === 'op') found.push(at);
    else open.push(...at.children);
  }
  return found;
}
