// Reads a GraphDef in protobuf text into the same nodes that the server's compact form has. Bounded, and without recursion.

export const LONGEST_TEXT = 200_000_000;
const MOST_NODES = 200_000;
const DEEPEST = 100;
const BACKSLASH = 92;
const LINE_FEED = 10;
const LONGEST_VALUE = 120;

// A name, a string, a bracket, a number or a word; whitespace, comments and separators are passed over.
// Of a string only the quote: strings may be so long that an expression for them would run out of stack.
const TOKEN = /[\s,;]+|#[^\n]*|([A-Za-z_][\w.]*)|(["'])|([{}<>[\]:])|([-+]?[\w.+-]+)/y;
const LONGEST_STRING = 4000;

// Fields that may be given often; of all others the last one counts.
const REPEATED = new Set(['node', 'input', 'attr', 'dim', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'func', 'size', 'function', 'node_def']);

export function parseGraph(text) {
  if (text.length > LONGEST_TEXT) throw new Error(`This file is larger than ${LONGEST_TEXT / 1e6} MB.`);
  const message = parseText(text);
  const nodes = (message.node ?? []).filter((node) => typeof node === 'object');
  if (nodes.length === 0) throw new Error('This file has no “node { ... }”: it is not a graph in protobuf text format.');
  if (nodes.length > MOST_NODES) throw new Error(`This graph has ${nodes.length.toLocaleString()} nodes, more than ${MOST_NODES.toLocaleString()}.`);
  return nodes.map((node) => nodeOf(node));
}

function parseText(text) {
  const top = {};
  const stack = [{ message: top, close: null }];
  let field = null;
  let inList = false;
  let string = '';
  TOKEN.lastIndex = 0;
  const fail = (what) => {
    const line = text.slice(0, TOKEN.lastIndex).split('\n').length;
    throw new Error(`This is not a graph in protobuf text format: ${what} in line ${line}.`);
  };
  while (TOKEN.lastIndex < text.length) {
    const begin = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      TOKEN.lastIndex = begin;
      fail('a character that cannot be read');
    }
    const [, word, quote, bracket, number] = match;
    const { message, close } = stack.at(-1);
    if (bracket === '{' || bracket === '<') {
      if (field === null) fail('a bracket without a name');
      if (stack.length >= DEEPEST) fail('brackets nested too deeply');
      const inner = {};
      put(message, field, inner);
      stack.push({ message: inner, close: bracket === '{' ? '}' : '>', field: inList ? field : null });
      field = null;
      inList = false;
    } else if (bracket === '}' || bracket === '>') {
      if (close !== bracket || field !== null) fail(`an unexpected “${bracket}”`);
      const ended = stack.pop();
      field = ended.field;
      inList = ended.field !== null;
    } else if (bracket === '[') inList = true;
    else if (bracket === ']') {
      inList = false;
      field = null;
    } else if (bracket === undefined) {
      const isString = quote !== undefined;
      if (isString) {
        const end = endOfString(text, TOKEN.lastIndex, quote, field);
        if (end < 0) fail('an unterminated string');
        string = text.slice(TOKEN.lastIndex, Math.min(end, TOKEN.lastIndex + LONGEST_STRING));
        TOKEN.lastIndex = end + 1;
      }
      const value = isString ? string : (number ?? word);
      if (value === undefined) continue;
      if (field === null) {
        if (isString || number !== undefined) fail('a value without a name');
        field = word;
      } else {
        put(message, field, isString ? unescaped(value) : value);
        if (!inList) field = null;
      }
    }
  }
  if (stack.length !== 1 || field !== null) fail('the file ends too early');
  return top;
}

// TensorBoard writes the quotes within bytes without a backslash, but then nothing else stands in that line.
const BYTES = new Set(['tensor_content', 's', 'string_val']);

// The place of the closing quote, -1 when there is none in this line.
function endOfString(text, from, quote, field) {
  if (BYTES.has(field)) {
    const lineBegin = text.lastIndexOf('\n', from) + 1;
    const lineEnd = text.indexOf('\n', from);
    const end = lineEnd < 0 ? text.length - 1 : lineEnd - 1;
    if (end >= from && text[end] === quote && text.slice(lineBegin, from - 1).trim() === `${field}:`) return end;
  }
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (text[at] === quote) return at;
    else if (code === LINE_FEED) return -1;
  }
  return -1;
}

function put(message, field, value) {
  if (field === '__proto__') return;
  if (!REPEATED.has(field)) message[field] = value;
  else (message[field] ??= []).push(value);
}

function unescaped(text) {
  const SIMPLE = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };
  return text.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/g, (all, code) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return SIMPLE[code] ?? code;
  });
}

function nodeOf(node) {
  const attributes = {};
  let shapes = [];
  for (const attr of node.attr ?? []) {
    if (typeof attr !== 'object' || typeof attr.key !== 'string') continue;
    if (attr.key === '_output_shapes') shapes = (attr.value?.list?.shape ?? []).map(shapeOf);
    else Object.defineProperty(attributes, attr.key, { value: valueText(attr.value ?? {}), enumerable: true, configurable: true });
  }
  return {
    name: textOf(node.name), op: textOf(node.op), device: textOf(node.device),
    inputs: (node.input ?? []).map((input) => inputOf(textOf(input))), shapes, attributes,
  };
}

function textOf(value) {
  return typeof value === 'string' ? value : '';
}

function inputOf(input) {
  const control = input.startsWith('^');
  const [name, ...rest] = (control ? input.slice(1) : input).split(':');
  const output = rest.length > 0 ? Number.parseInt(rest.at(-1), 10) : 0;
  return { name, output: Number.isNaN(output) ? 0 : output, control };
}

function shapeOf(shape) {
  if (typeof shape !== 'object' || shape.unknown_rank === 'true') return null;
  return (shape.dim ?? []).map((dim) => Number(last(dim.size) ?? 0));
}

function last(value) {
  return Array.isArray(value) ? value.at(-1) : value;
}

function shapeText(shape) {
  const dims = shapeOf(shape ?? {});
  return dims === null ? 'unknown shape' : `[${dims.map((size) => (size < 0 ? '?' : size)).join('×')}]`;
}

function valueText(value) {
  const kind = ['s', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'func', 'list', 'placeholder'].find((name) => value[name] !== undefined);
  const one = last(value[kind]);
  const text = kind === undefined ? '' : kind === 'list' ? listText(one) : itemText(kind, one);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

function itemText(kind, item) {
  if (kind === 'shape') return shapeText(item);
  if (kind === 'tensor') return `${last(item.dtype) ?? ''} ${shapeText(last(item.tensor_shape))}`.trim();
  if (kind === 'func') return textOf(item.name);
  return String(item);
}

function listText(list) {
  const items = Object.entries(list).flatMap(([kind, all]) => (Array.isArray(all) ? all : [all]).slice(0, 17).map((item) => itemText(kind, item)));
  return `[${items.slice(0, 16).join(', ')}${items.length > 16 ? ', …' : ''}]`;
}
