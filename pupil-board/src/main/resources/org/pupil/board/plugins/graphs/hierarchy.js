// The graph as a tree of scopes: `a/b/c` is the node c in the scope b in the scope a. Siblings that repeat become a series.
import { findSeries } from './series.js';

// A name with more parts keeps the rest in its last one, so that a hostile name makes no deep tree.
const MOST_PARTS = 60;
const UNKNOWN_DEVICE = '';

// A scope or a series: it has children. Its id is its path.
class Group {
  constructor(id, name, parent, kind = 'group') {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.kind = kind;
    this.children = [];
    this.operations = 0;
    this.kinds = new Map();
    this.devices = new Map();
    this.signature = '';
  }
}

// A node of the graph.
export class Operation {
  constructor(id, name, parent, node) {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.kind = 'op';
    this.node = node;
    // Edges, each {from, to, output, shape, control}.
    this.inputs = [];
    this.outputs = [];
    // 'const' or 'summary' when it is drawn as an icon beside the nodes that it is joined to.
    this.icon = null;
  }

  get signature() {
    return `op:${this.node.op}`;
  }
}

export class Hierarchy {
  constructor(root, byName, byId, edges) {
    this.root = root;
    this.byName = byName;
    this.byId = byId;
    this.edges = edges;
  }

  // From the outermost scope to the item itself, without the root.
  static path(item) {
    const path = [];
    for (let at = item; at.parent !== null; at = at.parent) path.unshift(at);
    return path;
  }

  // The child of `group` that is or holds `item`; null when it is elsewhere.
  static childIn(group, item) {
    for (let at = item; at !== null; at = at.parent) if (at.parent === group) return at;
    return null;
  }

  // Names that contain the words, the shortest first.
  search(words, most = 50) {
    const wanted = words.toLowerCase();
    const found = [];
    for (const item of this.byId.values()) {
      if (item.parent !== null && item.id.toLowerCase().includes(wanted)) found.push(item);
    }
    found.sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
    return { total: found.length, items: found.slice(0, most) };
  }
}

// nodes: [{name, op, device, inputs: [{name, output, control}], shapes: [[...] or null], attributes}]
export function buildHierarchy(nodes) {
  const root = new Group('', '', null);
  const byId = new Map([['', root]]);
  const byName = new Map();
  const scopes = scopeNames(nodes);
  for (const node of nodes) {
    if (byName.has(node.name)) continue;
    const parts = partsOf(node.name);
    const isScopeToo = scopes.has(node.name);
    const last = isScopeToo ? `(${parts.at(-1)})` : parts.at(-1);
    const parent = scope(isScopeToo ? parts : parts.slice(0, -1), byId);
    const id = isScopeToo ? `${node.name}/${last}` : node.name;
    const operation = new Operation(id, last, parent, node);
    parent.children.push(operation);
    byId.set(id, operation);
    byName.set(node.name, operation);
  }
  const edges = connect(byName);
  markIcons(byName);
  describe(root);
  addSeries(root, byId);
  return new Hierarchy(root, byName, byId, edges);
}

function partsOf(name) {
  const parts = name.split('/');
  return parts.length <= MOST_PARTS ? parts : [...parts.slice(0, MOST_PARTS - 1), parts.slice(MOST_PARTS - 1).join('/')];
}

function scopeNames(nodes) {
  const scopes = new Set();
  for (const node of nodes) {
    const parts = partsOf(node.name);
    let name = '';
    for (const part of parts.slice(0, -1)) {
      name = name === '' ? part : `${name}/${part}`;
      scopes.add(name);
    }
  }
  return scopes;
}

function scope(parts, byId) {
  let at = byId.get('');
  let id = '';
  for (const part of parts) {
    id = id === '' ? part : `${id}/${part}`;
    let next = byId.get(id);
    if (next === undefined || next.kind === 'op') {
      next = new Group(id, part, at);
      at.children.push(next);
      byId.set(id, next);
    }
    at = next;
  }
  return at;
}

function connect(byName) {
  const edges = [];
  for (const to of byName.values()) {
    for (const input of to.node.inputs) {
      const from = byName.get(input.name);
      if (from === undefined || from === to) continue;
      const shape = input.control ? null : (from.node.shapes[input.output] ?? null);
      const edge = { from, to, output: input.output, shape, control: input.control };
      edges.push(edge);
      from.outputs.push(edge);
      to.inputs.push(edge);
    }
  }
  return edges;
}

// Constants and summaries are many and say little: they are small icons beside what they are joined to. In a scope that
// has nothing else they are drawn as nodes, so that no scope is empty.
function markIcons(byName) {
  for (const operation of byName.values()) {
    const { op } = operation.node;
    if (op === 'Const' && operation.inputs.every((edge) => edge.control) && operation.outputs.length > 0) operation.icon = 'const';
    else if (op.endsWith('Summary') && operation.inputs.length > 0) operation.icon = 'summary';
  }
  for (const parent of new Set([...byName.values()].map((operation) => operation.parent))) {
    if (parent.children.every((child) => child.icon)) for (const child of parent.children) child.icon = null;
  }
}

function describe(group) {
  for (const child of group.children) if (child.kind !== 'op') describe(child);
  sumUp(group);
}

// What a group has in all, from what its children have.
function sumUp(group) {
  for (const child of group.children) {
    if (child.kind === 'op') {
      count(group.kinds, child.node.op, 1);
      count(group.devices, child.node.device || UNKNOWN_DEVICE, 1);
      group.operations++;
    } else {
      for (const [kind, n] of child.kinds) count(group.kinds, kind, n);
      for (const [device, n] of child.devices) count(group.devices, device, n);
      group.operations += child.operations;
    }
  }
  group.signature = [...group.kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, n]) => `${kind}*${n}`).join(',');
}

function count(map, key, n) {
  map.set(key, (map.get(key) ?? 0) + n);
}

function addSeries(group, byId) {
  for (const child of group.children) if (child.kind !== 'op') addSeries(child, byId);
  for (const { name, members } of findSeries(group.children)) {
    const id = group.id === '' ? name : `${group.id}/${name}`;
    if (byId.has(id)) continue;
    const series = new Group(id, name, group, 'series');
    byId.set(id, series);
    const inSeries = new Set(members);
    group.children.splice(group.children.indexOf(members[0]), 0, series);
    group.children = group.children.filter((child) => !inSeries.has(child));
    for (const member of members) {
      member.parent = series;
      series.children.push(member);
    }
    sumUp(series);
  }
}

// Takes a series apart, so that its members stand in the scope again.
export function dissolveSeries(hierarchy, series) {
  const { parent } = series;
  const at = parent.children.indexOf(series);
  parent.children.splice(at, 1, ...series.children);
  for (const member of series.children) member.parent = parent;
  hierarchy.byId.delete(series.id);
}
