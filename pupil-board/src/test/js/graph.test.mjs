import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildHierarchy, dissolveSeries, Hierarchy } from '../../main/resources/org/pupil/board/plugins/graphs/hierarchy.js';
import { parseGraph } from '../../main/resources/org/pupil/board/plugins/graphs/pbtxt.js';
import { buildScene, edgeLabel, edgeWidth, isControl, shapeText } from '../../main/resources/org/pupil/board/plugins/graphs/scene.js';
import { findSeries } from '../../main/resources/org/pupil/board/plugins/graphs/series.js';

function node(name, op, inputs = [], shapes = [[2, 3]]) {
  return {
    name, op, device: '', shapes, attributes: {},
    inputs: inputs.map((input) => {
      const control = input.startsWith('^');
      const [from, output] = input.replace('^', '').split(':');
      return { name: from, output: Number(output ?? 0), control };
    }),
  };
}

function ids(scene) {
  return scene.items.map((one) => one.item.id).sort();
}

function lines(scene) {
  return scene.edges.map((edge) => `${edge.source} > ${edge.target}`).sort();
}

test('a name with slashes stands in its scopes, and a node that is also a scope stands in itself', () => {
  const hierarchy = buildHierarchy([node('a/b/c', 'Add'), node('a', 'Mul'), node('d', 'Sub')]);
  assert.deepEqual(hierarchy.root.children.map((child) => child.id), ['a', 'd']);
  assert.equal(hierarchy.byName.get('a').id, 'a/(a)');
  assert.deepEqual(Hierarchy.path(hierarchy.byName.get('a/b/c')).map((item) => item.id), ['a', 'a/b', 'a/b/c']);
  assert.equal(hierarchy.root.operations, 3);
});

test('a name with very many parts makes no deep tree', () => {
  const name = Array.from({ length: 5000 }, (_, i) => `s${i}`).join('/');
  const hierarchy = buildHierarchy([node(name, 'Add')]);
  assert.ok(Hierarchy.path(hierarchy.byName.get(name)).length <= 60);
});

test('edges between scopes are joined, and those within a closed scope are not drawn', () => {
  const hierarchy = buildHierarchy([
    node('x', 'Placeholder'), node('a/one', 'Add', ['x']), node('a/two', 'Mul', ['a/one', 'x']), node('b/end', 'Sub', ['a/two', '^a/one']),
  ]);
  const scene = buildScene(hierarchy, new Set());
  assert.deepEqual(ids(scene), ['a', 'b', 'x']);
  assert.deepEqual(lines(scene), ['a > b', 'x > a']);
  assert.equal(scene.edges.find((edge) => edge.source === 'x').edges.length, 2);
});

test('an open scope has a port for every neighbour outside', () => {
  const hierarchy = buildHierarchy([node('x', 'Placeholder'), node('y', 'Placeholder'), node('a/one', 'Add', ['x', 'y']), node('a/in/two', 'Mul', ['a/one', 'x']), node('z', 'Sub', ['a/in/two'])]);
  const scene = buildScene(hierarchy, new Set(['a', 'a/in']));
  const inside = scene.items.find((one) => one.item.id === 'a').scene;
  assert.deepEqual(lines(inside), ['a/in > out:z', 'a/one > a/in', 'in:x > a/in', 'in:x > a/one', 'in:y > a/one']);
  const innermost = inside.items.find((one) => one.item.id === 'a/in').scene;
  assert.deepEqual(lines(innermost), ['a/in/two > out:out:z', 'in:a/one > a/in/two', 'in:in:x > a/in/two']);
});

test('constants and summaries are icons beside the node that they are joined to', () => {
  const hierarchy = buildHierarchy([
    node('l/w', 'Const'), node('l/mul', 'MatMul', ['l/w', 'x']), node('x', 'Placeholder'), node('l/hist', 'HistogramSummary', ['l/tag', 'l/mul']), node('l/tag', 'Const'),
  ]);
  const scene = buildScene(hierarchy, new Set(['l']));
  const inside = scene.items.find((one) => one.item.id === 'l').scene;
  assert.deepEqual(ids(inside), ['l/mul']);
  assert.deepEqual(inside.items[0].left.map((icon) => icon.name), ['w']);
  assert.deepEqual(inside.items[0].right.map((icon) => icon.name), ['hist']);
});

test('a scope with constants only shows them as nodes', () => {
  const hierarchy = buildHierarchy([node('values/one', 'Const'), node('sum', 'Add', ['values/one'])]);
  assert.equal(hierarchy.byName.get('values/one').icon, null);
  assert.deepEqual(lines(buildScene(hierarchy, new Set())), ['values > sum']);
});

test('a node joined to very many stands aside, and comes back when asked for', () => {
  const nodes = [node('hub', 'Placeholder')];
  for (let i = 0; i < 12; i++) nodes.push(node(`${'abcdefghijkl'[i]}`, `Op${i}`, ['hub']));
  const hierarchy = buildHierarchy(nodes);
  const hub = (scene) => scene.items.find((one) => one.item.id === 'hub');
  const scene = buildScene(hierarchy, new Set());
  assert.equal(hub(scene).aside, true);
  assert.equal(scene.edges.length, 0);
  assert.deepEqual(scene.items.find((one) => one.item.id === 'c').left.map((icon) => icon.id), ['hub']);
  const back = buildScene(hierarchy, new Set(), new Map([['hub', false]]));
  assert.equal(hub(back).aside, false);
  assert.equal(back.edges.length, 12);
});

test('five alike siblings in a row are a series, four are none', () => {
  const alike = (count, op = 'Conv') => Array.from({ length: count }, (_, i) => ({ name: `conv_${i + 3}`, kind: 'op', signature: op }));
  assert.deepEqual(findSeries(alike(4)), []);
  const [series] = findSeries([...alike(5), { name: 'conv_1', kind: 'op', signature: 'Conv' }, { name: 'conv_8', kind: 'op', signature: 'Other' }]);
  assert.equal(series.name, 'conv_[3–7]');
  assert.equal(series.members.length, 5);
});

test('the first of a series may have no number', () => {
  const [series] = findSeries(['unit', 'unit_1', 'unit_2', 'unit_3', 'unit_4'].map((name) => ({ name, kind: 'group', signature: 'x' })));
  assert.deepEqual(series.members.map((member) => member.name), ['unit', 'unit_1', 'unit_2', 'unit_3', 'unit_4']);
});

test('a series stands for its members until it is taken apart', () => {
  const nodes = [node('x', 'Placeholder')];
  for (let i = 0; i < 6; i++) nodes.push(node(`layer${i}/mul`, 'Mul', [i === 0 ? 'x' : `layer${i - 1}/mul`]));
  const hierarchy = buildHierarchy(nodes);
  assert.deepEqual(lines(buildScene(hierarchy, new Set())), ['x > layer[0–5]']);
  const series = hierarchy.byId.get('layer[0–5]');
  assert.equal(series.operations, 6);
  assert.equal(hierarchy.byId.get('layer3').operations, 1);
  assert.equal(hierarchy.root.operations, 7);
  assert.equal(lines(buildScene(hierarchy, new Set([series.id]))).length, 1);
  dissolveSeries(hierarchy, series);
  assert.equal(buildScene(hierarchy, new Set()).edges.length, 6);
});

test('labels, widths and dots of edges', () => {
  const hierarchy = buildHierarchy([node('x', 'A', [], [[-1, 224, 3], []]), node('y', 'B', ['x:1', '^x']), node('z', 'C', ['^x']), node('w', 'D', ['x', 'x:1'])]);
  const of = (id) => hierarchy.byName.get(id).inputs;
  assert.equal(edgeLabel(of('y')), 'scalar');
  assert.equal(edgeLabel(of('w')), '2 tensors');
  assert.equal(edgeLabel(of('z')), '');
  assert.equal(isControl(of('z')), true);
  assert.equal(isControl(of('y')), false);
  assert.equal(shapeText([-1, 224, 3]), '?×224×3');
  assert.ok(edgeWidth(of('w')) > edgeWidth(of('y')));
});

test('search finds names and their scopes, the shortest first', () => {
  const hierarchy = buildHierarchy([node('net/conv_a', 'Conv'), node('net/conv', 'Conv')]);
  assert.deepEqual(hierarchy.search('CONV').items.map((item) => item.id), ['net/conv', 'net/conv_a']);
  assert.equal(hierarchy.search('nothing').total, 0);
});

const TEXT = `# a graph
node {
  name: "x" op: "Placeholder"
  attr { key: "_output_shapes" value { list { shape { dim { size: -1 } dim { size: 3 } } shape { unknown_rank: true } } } }
  attr { key: "shape" value { shape { dim { size: 7 } } } }
}
node < name: 'y' op: "Add" input: "x" input: "x:1" input: "^x" device: "/gpu:0"
  attr { key: "strides" value { list { i: 1 i: 2 } } } attr { key: "q\\"\\101" value { s: "a\\tb" } } attr { key: "T" value { type: DT_FLOAT } }
  attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { dim { size: 2 } dim { size: 5 } } tensor_content: "\\000\\001{ }" } } } >
versions { producer: 24 }
`;

test('protobuf text becomes the nodes that the compact form has', () => {
  assert.deepEqual(parseGraph(TEXT), [
    { name: 'x', op: 'Placeholder', device: '', inputs: [], shapes: [[-1, 3], null], attributes: { shape: '[7]' } },
    {
      name: 'y', op: 'Add', device: '/gpu:0', shapes: [],
      inputs: [{ name: 'x', output: 0, control: false }, { name: 'x', output: 1, control: false }, { name: 'x', output: 0, control: true }],
      attributes: { strides: '[1, 2]', 'q"A': 'a\tb', T: 'DT_FLOAT', value: 'DT_FLOAT [2×5]' },
    },
  ]);
});

test('a quote within a string needs no backslash, as TensorBoard writes it', () => {
  const [only] = parseGraph('node {\n  name: "a"\n  attr {\n key: "v"\n value {\n tensor {\n tensor_content: "x\\n"\\300Q"\\\\"\n }\n }\n }\n op: "B"\n}');
  assert.deepEqual([only.name, only.op], ['a', 'B']);
});

test('a string of many megabytes is passed over', () => {
  const [only] = parseGraph(`node { name: "a" attr { key: "v" value { tensor { tensor_content: "${'\\000'.repeat(3_000_000)}" } } } op: "B" }`);
  assert.equal(only.op, 'B');
});

test('lists in brackets are lists', () => {
  const [only] = parseGraph('node { name: "a" op: "B" attr { key: "k" value { list { i: [1, 2, 3] } } } input: ["c", "d:2"] }');
  assert.deepEqual(only.attributes, { k: '[1, 2, 3]' });
  assert.deepEqual(only.inputs.map((input) => input.output), [0, 2]);
});

test('what is no graph is refused with the line', () => {
  assert.throws(() => parseGraph('node {\n name: "a"\n'), /the file ends too early/);
  assert.throws(() => parseGraph('node {\n name: "a"\n}\n}'), /unexpected “}” in line 4/);
  assert.throws(() => parseGraph('node { name: "a'), /unterminated/);
  assert.throws(() => parseGraph('hello: 3'), /not a graph/);
  assert.throws(() => parseGraph('node {'.repeat(1000)), /brackets nested too deeply/);
});

test('names that mean something to the language do no harm', () => {
  const hierarchy = buildHierarchy(parseGraph('node { name: "__proto__/constructor" op: "toString" attr { key: "__proto__" value { i: 1 } } __proto__ { x: 1 } }'));
  assert.equal(hierarchy.byName.get('__proto__/constructor').node.op, 'toString');
  assert.equal({}.x, undefined);
});

test('every prefix of a graph is read or refused with a sentence', () => {
  for (let end = 0; end < TEXT.length; end++) {
    try {
      parseGraph(TEXT.slice(0, end));
    } catch (error) {
      assert.match(error.message, /graph/);
    }
  }
});

test('a scope that is joined to very many stays where it is', () => {
  const nodes = [node('net/a', 'Add'), node('net/b', 'Mul', ['net/a'])];
  for (let i = 0; i < 12; i++) nodes.push(node(`${'abcdefghijkl'[i]}`, `Op${i}`, ['net/b']));
  const scene = buildScene(buildHierarchy(nodes), new Set());
  assert.equal(scene.items.find((one) => one.item.id === 'net').aside, false);
  assert.equal(scene.edges.length, 12);
});
