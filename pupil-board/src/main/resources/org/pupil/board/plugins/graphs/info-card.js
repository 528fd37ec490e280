// What is known of the chosen node or scope.
import { element } from '../../page/html.js';
import { operationsOf } from './drawing.js';
import { shapeText } from './scene.js';

const MOST_ROWS = 60;

// actions: {show(id), toggle(item), isOpen(item), isAside(item), setAside(item, aside), dissolve(series)}
export function infoCard(item, actions) {
  const title = item.kind === 'op' ? item.node.name : item.id;
  return element('div', { class: 'graph-info-content' },
    element('h3', { title }, item.name),
    element('p', { class: 'graph-path' }, title),
    ...(item.kind === 'op' ? operationRows(item, actions) : groupRows(item, actions)),
    buttons(item, actions));
}

function operationRows(item, actions) {
  const data = item.inputs.filter((edge) => !edge.control);
  const control = item.inputs.filter((edge) => edge.control);
  return [
    facts([['Operation', item.node.op], ['Device', item.node.device || 'none given'], ['Output', item.node.shapes.map((shape) => shapeText(shape) || 'unknown').join(', ') || 'shape not recorded']]),
    list('Attributes', Object.entries(item.node.attributes).map(([key, value]) => [key, value])),
    links('Inputs', data.map((edge) => [edge.from, shapeText(edge.shape)]), actions),
    links('Outputs', item.outputs.filter((edge) => !edge.control).map((edge) => [edge.to, shapeText(edge.shape)]), actions),
    links('Control dependencies', [...control.map((edge) => [edge.from, 'before this']), ...item.outputs.filter((edge) => edge.control).map((edge) => [edge.to, 'after this'])], actions),
  ];
}

function groupRows(item, actions) {
  const inside = new Set(operationsOf(item));
  const inputs = new Map();
  const outputs = new Map();
  const control = new Map();
  for (const operation of inside) {
    for (const edge of operation.inputs) if (!inside.has(edge.from)) (edge.control ? control : inputs).set(edge.from, edge.control ? 'before this' : shapeText(edge.shape));
    for (const edge of operation.outputs) if (!inside.has(edge.to)) (edge.control ? control : outputs).set(edge.to, edge.control ? 'after this' : shapeText(edge.shape));
  }
  const kinds = [...item.kinds].sort((a, b) => b[1] - a[1]).map(([kind, n]) => [kind, n.toLocaleString()]);
  return [
    facts([[item.kind === 'series' ? 'Series of' : 'Contains', `${item.children.length.toLocaleString()} ${item.kind === 'series' ? 'similar items' : 'items'}, ${item.operations.toLocaleString()} nodes in all`],
      ['Devices', [...item.devices.keys()].map((device) => device || 'none given').slice(0, 8).join(', ')]]),
    list('Operations', kinds),
    links('Inputs', [...inputs], actions), links('Outputs', [...outputs], actions), links('Control dependencies', [...control], actions),
  ];
}

function facts(rows) {
  return element('dl', { class: 'graph-facts' }, ...rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

function section(title, count, content) {
  if (count === 0) return null;
  return element('details', { open: count <= 12 }, element('summary', {}, `${title} (${count.toLocaleString()})`), content);
}

function list(title, rows) {
  return section(title, rows.length, element('dl', { class: 'graph-facts small' },
    ...rows.slice(0, MOST_ROWS).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])));
}

function links(title, rows, actions) {
  const shown = rows.slice(0, MOST_ROWS).map(([item, note]) => element('li', {},
    element('button', { class: 'link-button', onclick: () => actions.show(item.id) }, item.node.name),
    note ? element('span', { class: 'graph-shape-text' }, note) : null));
  if (rows.length > MOST_ROWS) shown.push(element('li', {}, `${rows.length - MOST_ROWS} more`));
  return section(title, rows.length, element('ul', { class: 'graph-links' }, ...shown));
}

function buttons(item, actions) {
  const row = element('div', { class: 'graph-buttons' });
  if (item.kind !== 'op') row.append(element('button', { onclick: () => actions.toggle(item) }, actions.isOpen(item) ? 'Close' : 'Open'));
  if (item.kind === 'series') row.append(element('button', { onclick: () => actions.dissolve(item) }, 'Show separately'));
  if (!item.icon && !actions.isOpen(item)) {
    const aside = actions.isAside(item);
    row.append(element('button', { onclick: () => actions.setAside(item, !aside) }, aside ? 'Put back into the graph' : 'Move out of the graph'));
  }
  return row;
}
