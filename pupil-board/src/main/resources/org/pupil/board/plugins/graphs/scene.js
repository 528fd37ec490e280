// What is drawn for a set of open groups: for each open group its items, the edges among them, the edges that leave
// through its border, the icons beside items, and the nodes that stand aside because they are joined to almost everything.
import { Hierarchy } from './hierarchy.js';

// A single node joined to so many siblings stands aside, unless somebody moved it back. Scopes stay: the way leads through them.
const HIGH_DEGREE = 8;
const MOST_ICONS = 5;

// open: Set of ids. aside: Map of id to true (moved aside) or false (moved back).
export function buildScene(hierarchy, open, aside = new Map()) {
  return sceneOf(hierarchy.root, { internal: hierarchy.edges, incoming: [], outgoing: [] }, open, aside);
}

function sceneOf(group, edges, open, aside) {
  const items = new Map();
  for (const child of group.children) {
    if (child.icon) continue;
    items.set(child.id, { item: child, open: child.kind !== 'op' && open.has(child.id), aside: false, left: [], right: [], crossing: { internal: [], incoming: [], outgoing: [] }, scene: null });
  }
  const pairs = sortOut(group, edges, items);
  markAside(items, pairs, aside);
  const joined = new Map();
  for (const pair of pairs) join(pair, items, joined);
  for (const one of items.values()) {
    one.left = bounded(one.left);
    one.right = bounded(one.right);
    if (one.open) one.scene = sceneOf(one.item, one.crossing, open, aside);
  }
  return { group, items: [...items.values()], edges: [...joined.values()] };
}

// Each edge with the items of this group that it begins and ends at; `null` is outside, then `port` tells which way out.
function sortOut(group, edges, items) {
  const find = (operation) => {
    const child = Hierarchy.childIn(group, operation);
    return child === null ? null : (items.get(child.id) ?? child);
  };
  const pairs = [];
  const put = (edge, port, isAside) => {
    const from = find(edge.from);
    const to = find(edge.to);
    if (from !== null && from === to) {
      if (from.open) from.crossing.internal.push(edge);
      return;
    }
    pairs.push({ edge, from, to, port, isAside });
  };
  for (const edge of edges.internal) put(edge, null, false);
  for (const { edge, port, isAside } of edges.incoming) put(edge, port, isAside);
  for (const { edge, port, isAside } of edges.outgoing) put(edge, port, isAside);
  return pairs;
}

function markAside(items, pairs, aside) {
  const sources = new Map();
  const targets = new Map();
  const note = (map, key, other) => {
    if (!map.has(key)) map.set(key, new Set());
    map.get(key).add(other);
  };
  for (const { from, to } of pairs) {
    if (!from?.item || !to?.item) continue;
    note(targets, from.item.id, to.item.id);
    note(sources, to.item.id, from.item.id);
  }
  for (const one of items.values()) {
    const { id } = one.item;
    const inward = sources.get(id)?.size ?? 0;
    const outward = targets.get(id)?.size ?? 0;
    const most = Math.max(HIGH_DEGREE, items.size / 4);
    one.aside = !one.open && (aside.get(id) ?? (one.item.kind === 'op' && (inward >= most || outward >= most)));
  }
}

function join({ edge, from, to, port, isAside }, items, joined) {
  const iconOf = (end, other) => ({ id: other.id, name: other.name, kind: end });
  // An end that is drawn as an icon: tell it to the other end, or to what is inside of that.
  if (edge.from.icon === 'const' || edge.to.icon === 'summary') {
    const isConst = edge.from.icon === 'const';
    const at = isConst ? to : from;
    if (!at?.item) return;
    const icon = iconOf(isConst ? 'const' : 'summary', isConst ? edge.from : edge.to);
    if (at.open) (isConst ? at.crossing.incoming : at.crossing.outgoing).push({ edge, port: 'icon', isAside: true });
    else if (at.item.kind === 'op') (isConst ? at.left : at.right).push(icon);
    return;
  }
  // A constant or summary without its icon's partner here has nothing to be drawn beside.
  if ((from !== null && !from.item) || (to !== null && !to.item)) return;
  if (isAside || from?.aside || to?.aside) {
    if (to && !to.aside) {
      if (to.open) to.crossing.incoming.push({ edge, port: 'aside', isAside: true });
      else if (from === null || from.aside) to.left.push(iconOf('aside', from?.item ?? edge.from));
    }
    if (from && !from.aside) {
      if (from.open) from.crossing.outgoing.push({ edge, port: 'aside', isAside: true });
      else if (to === null || to.aside) from.right.push(iconOf('aside', to?.item ?? edge.to));
    }
    return;
  }
  const source = from === null ? `in:${port}` : from.item.id;
  const target = to === null ? `out:${port}` : to.item.id;
  const key = `${source}\n${target}`;
  if (!joined.has(key)) joined.set(key, { from, to, source, target, edges: [] });
  joined.get(key).edges.push(edge);
  if (to?.open) to.crossing.incoming.push({ edge, port: source, isAside: false });
  if (from?.open) from.crossing.outgoing.push({ edge, port: target, isAside: false });
}

function bounded(icons) {
  const seen = new Set();
  const distinct = icons.filter((icon) => !seen.has(icon.id) && seen.add(icon.id));
  if (distinct.length <= MOST_ICONS) return distinct;
  const shown = distinct.slice(0, MOST_ICONS - 1);
  return [...shown, { id: null, name: `${distinct.length - shown.length} more`, kind: 'more' }];
}

// 1×224×224×3; a dimension that is not known is a question mark.
export function shapeText(shape) {
  if (shape === null || shape === undefined) return '';
  return shape.length === 0 ? 'scalar' : shape.map((size) => (size < 0 ? '?' : size)).join('×');
}

// What stands at a drawn edge: the shape, or how many tensors when there are several.
export function edgeLabel(edges) {
  const data = edges.filter((edge) => !edge.control);
  if (data.length === 0) return '';
  const tensors = new Map(data.map((edge) => [`${edge.from.id}:${edge.output}`, edge.shape]));
  if (tensors.size > 1) return `${tensors.size} tensors`;
  return shapeText([...tensors.values()][0]);
}

export function isControl(edges) {
  return edges.every((edge) => edge.control);
}

// Thicker for more numbers, between 1 and 6 pixels.
export function edgeWidth(edges) {
  let size = 0;
  for (const edge of edges) {
    if (edge.shape) size += edge.shape.reduce((product, n) => product * Math.max(1, n), 1);
  }
  return Math.min(6, 1 + Math.log10(Math.max(1, size)) * 0.6);
}
