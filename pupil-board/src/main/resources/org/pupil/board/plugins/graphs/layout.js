// Places for everything of a scene, from the bottom to the top: open groups from the inside to the outside, each with dagre.
import { edgeLabel } from './scene.js';

const CHARACTER = 6.7;
const ICON_CHARACTER = 5.2;
const LONGEST_NAME = 28;
const HEADER = 26;
const PADDING = 18;
const ICON_ROW = 14;
const ASIDE_GAP = 48;
const LONE_GAP = 16;
const LONE_WIDTH = 700;
const FLOOR = '\u0000floor';
const CEILING = '\u0000ceiling';
// Above this many items network simplex takes too long; then a simpler ranking does.
const MANY = 400;

export function shortened(name, most = LONGEST_NAME) {
  return name.length <= most ? name : `${name.slice(0, most / 2)}…${name.slice(-(most / 2 - 1))}`;
}

// Answers {width, height, boxes, edges, aside} with absolute places; dagre is the library, given so that tests can run it.
export function layOut(scene, dagre) {
  const laid = layOutGroup(scene, dagre, true);
  move(laid, 0, 0);
  joinPorts(laid);
  return laid;
}

function layOutGroup(scene, dagre, isRoot) {
  const joined = new Set(scene.edges.flatMap((edge) => [edge.source, edge.target]));
  const main = scene.items.filter((one) => !one.aside && joined.has(one.item.id));
  const lone = scene.items.filter((one) => !one.aside && !joined.has(one.item.id));
  const graph = new dagre.graphlib.Graph({ multigraph: false, compound: false });
  graph.setGraph({ rankdir: 'BT', nodesep: 16, ranksep: 34, edgesep: 12, ranker: main.length > MANY ? 'longest-path' : 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map();
  for (const one of main) {
    const box = boxOf(one, dagre);
    boxes.set(one.item.id, box);
    graph.setNode(one.item.id, { width: box.outer, height: box.height });
  }
  const ports = addEdges(graph, scene, main);
  if (main.length > 0) dagre.layout(graph);
  const laid = readPlaces(graph, scene, boxes, ports);
  addLone(laid, lone, dagre);
  addAside(laid, scene.items.filter((one) => one.aside), dagre);
  laid.padding = isRoot ? { side: 20, top: 20, bottom: 20 } : { side: PADDING, top: HEADER + 14, bottom: PADDING };
  laid.width += 2 * laid.padding.side;
  laid.height += laid.padding.top + laid.padding.bottom;
  return laid;
}

function boxOf(one, dagre) {
  const { item } = one;
  const box = { one, item, inside: null, x: 0, y: 0 };
  if (one.open) {
    box.inside = layOutGroup(one.scene, dagre, false);
    box.width = Math.max(box.inside.width, shortened(item.name, 40).length * CHARACTER + 60);
    box.height = box.inside.height;
    box.outer = box.width;
    return box;
  }
  const name = shortened(item.name);
  box.width = Math.max(64, name.length * CHARACTER + (item.kind === 'op' ? 24 : 48));
  const rows = Math.max(one.left.length, one.right.length);
  box.height = Math.max(item.kind === 'op' ? 26 : 34, rows * ICON_ROW);
  const longest = Math.max(0, ...[...one.left, ...one.right].map((icon) => shortened(icon.name, 16).length));
  box.iconWidth = rows === 0 ? 0 : longest * ICON_CHARACTER + 26;
  box.outer = box.width + 2 * box.iconWidth;
  return box;
}

// Edges from or to outside run through a port at the border: a point below or above everything else.
function addEdges(graph, scene, main) {
  const ports = new Map();
  const endOf = (id, isIn) => {
    if (!ports.has(id)) {
      ports.set(id, { id, isIn, x: 0 });
      graph.setNode(id, { width: 8, height: 1 });
      if (isIn) graph.setEdge(FLOOR, id, { weight: 20, minlen: 1 });
      else graph.setEdge(id, CEILING, { weight: 20, minlen: 1 });
    }
    return id;
  };
  const hasPorts = scene.edges.some((edge) => edge.from === null || edge.to === null);
  if (hasPorts) {
    graph.setNode(FLOOR, { width: 1, height: 1 });
    graph.setNode(CEILING, { width: 1, height: 1 });
  }
  for (const edge of scene.edges) {
    const from = edge.from === null ? endOf(edge.source, true) : edge.source;
    const to = edge.to === null ? endOf(edge.target, false) : edge.target;
    const label = edgeLabel(edge.edges);
    graph.setEdge(from, to, { weight: edge.from === null || edge.to === null ? 1 : 2, label, width: label === '' ? 0 : label.length * 5.4, height: label === '' ? 0 : 12, labelpos: 'c' });
  }
  if (hasPorts) keepPortsOutside(graph, main);
  return ports;
}

function keepPortsOutside(graph, main) {
  for (const one of main) {
    const { id } = one.item;
    if (!(graph.inEdges(id) ?? []).length) graph.setEdge(FLOOR, id, { weight: 0, minlen: 2 });
    if (!(graph.outEdges(id) ?? []).length) graph.setEdge(id, CEILING, { weight: 0, minlen: 2 });
  }
  if (graph.nodeCount() > 2 && !(graph.outEdges(FLOOR) ?? []).length) graph.setEdge(FLOOR, CEILING, { weight: 0 });
}

function readPlaces(graph, scene, boxes, ports) {
  const laid = { scene, boxes: [], edges: [], aside: [], ports, width: 0, height: 0 };
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  const reach = (x, y, halfWidth, halfHeight) => {
    left = Math.min(left, x - halfWidth);
    right = Math.max(right, x + halfWidth);
    top = Math.min(top, y - halfHeight);
    bottom = Math.max(bottom, y + halfHeight);
  };
  for (const [id, box] of boxes) {
    const place = graph.node(id);
    box.x = place.x;
    box.y = place.y;
    reach(place.x, place.y, box.outer / 2, box.height / 2);
    laid.boxes.push(box);
  }
  for (const port of ports.values()) {
    port.x = graph.node(port.id).x;
    if (boxes.size > 0) reach(port.x, (top + bottom) / 2, 4, 0);
  }
  for (const edge of scene.edges) {
    const place = graph.edge(edge.source, edge.target);
    const points = place.points.map((point) => ({ ...point }));
    for (const point of points) if (edge.from !== null && edge.to !== null) reach(point.x, point.y, 2, 2);
    const label = place.label ? { text: place.label, x: place.x, y: place.y } : null;
    if (label !== null && edge.from !== null && edge.to !== null) reach(label.x, label.y, place.label.length * 2.7, 6);
    laid.edges.push({ edge, points, label });
  }
  if (boxes.size === 0) [left, right, top, bottom] = [0, 0, 0, 0];
  laid.offset = { x: -left, y: -top };
  laid.width = right - left;
  laid.height = bottom - top;
  return laid;
}

// Nodes that are joined to nothing: rows below the others.
function addLone(laid, items, dagre) {
  if (items.length === 0) return;
  const boxes = items.map((one) => boxOf(one, dagre));
  const widest = Math.max(laid.width, LONE_WIDTH, ...boxes.map((box) => box.outer));
  let [x, y, tallest] = [0, laid.height === 0 ? 0 : laid.height + 2 * LONE_GAP, 0];
  let right = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.outer > widest) [x, y, tallest] = [0, y + tallest + LONE_GAP, 0];
    box.x = x + box.outer / 2 - laid.offset.x;
    box.y = y + box.height / 2 - laid.offset.y;
    x += box.outer + LONE_GAP;
    right = Math.max(right, x - LONE_GAP);
    tallest = Math.max(tallest, box.height);
    laid.boxes.push(box);
  }
  laid.width = Math.max(laid.width, right);
  laid.height = y + tallest;
}

// Nodes that stand aside: a column at the right.
function addAside(laid, items, dagre) {
  if (items.length === 0) return;
  const x = laid.width === 0 ? 0 : laid.width + ASIDE_GAP;
  let y = 20;
  let widest = 0;
  for (const one of items) {
    const box = boxOf(one, dagre);
    widest = Math.max(widest, box.outer);
    box.y = y + box.height / 2 - laid.offset.y;
    y += box.height + 14;
    laid.aside.push(box);
  }
  for (const box of laid.aside) box.x = x + widest / 2 - laid.offset.x;
  laid.asideLabel = { x: x - laid.offset.x, y: 8 - laid.offset.y };
  laid.width = x + widest;
  laid.height = Math.max(laid.height, y);
}

// From places within a group to places on the whole drawing; (x, y) is the group's upper left corner.
function move(laid, x, y) {
  const dx = x + laid.padding.side + laid.offset.x;
  const dy = y + laid.padding.top + laid.offset.y;
  laid.top = y;
  laid.bottom = y + laid.height;
  for (const box of [...laid.boxes, ...laid.aside]) {
    box.x += dx;
    box.y += dy;
    if (box.inside !== null) move(box.inside, box.x - box.inside.width / 2, box.y - box.inside.height / 2);
  }
  for (const edge of laid.edges) {
    for (const point of edge.points) {
      point.x += dx;
      point.y += dy;
    }
    if (edge.label !== null) {
      edge.label.x += dx;
      edge.label.y += dy;
    }
  }
  for (const port of laid.ports.values()) port.x += dx;
  if (laid.asideLabel) {
    laid.asideLabel.x += dx;
    laid.asideLabel.y += dy;
  }
}

// An edge ends in the middle of a node's border, or where it goes on inside of an open group.
function joinPorts(laid) {
  const places = new Map(laid.boxes.map((box) => [box.item.id, box]));
  for (const { edge, points } of laid.edges) {
    const from = places.get(edge.source);
    const to = places.get(edge.target);
    points[0] = from === undefined ? { x: laid.ports.get(edge.source).x, y: laid.bottom }
      : { x: from.inside?.ports.get(`out:${edge.target}`)?.x ?? from.x, y: from.y - from.height / 2 };
    points[points.length - 1] = to === undefined ? { x: laid.ports.get(edge.target).x, y: laid.top + HEADER }
      : { x: to.inside?.ports.get(`in:${edge.source}`)?.x ?? to.x, y: to.y + to.height / 2 };
    const [top, bottom] = [laid.top + HEADER + 4, laid.bottom - 8];
    if (from === undefined || to === undefined) {
      const between = points.slice(1, -1).filter((point) => point.y > top && point.y < bottom);
      points.splice(1, points.length - 2, ...between);
    }
  }
  for (const box of laid.boxes) if (box.inside !== null) joinPorts(box.inside);
}
