// The graph of a model: scopes that open, what flows between them, and what is known of each node.
import { element } from '../../page/html.js';
import { GraphView } from './graph-view.js';
import { buildHierarchy } from './hierarchy.js';
import { infoCard } from './info-card.js';
import { Outline } from './outline.js';
import { LONGEST_TEXT, parseGraph } from './pbtxt.js';
import { pngOf } from './picture.js';
import { save } from '../../page/parts/download.js';
import { runName } from '../../page/run-name.js';

export const tab = {
  id: 'graphs', title: 'Graphs',
  plugins: ['graphs', 'graph_run_metadata_graph', 'graph_run_metadata', 'graph_keras_model', 'graph_tagged_run_metadata'],
};

const RUN_GRAPH = '';

export function mount(container, board) {
  return new GraphsPage(container, board);
}

class GraphsPage {
  #board;
  // What the server says of the runs' graphs; null before it did.
  #info = null;
  #shown = null;
  #hierarchy = null;
  #gone = false;
  #run = element('select', { 'aria-label': 'Run' });
  #tag = element('select', { 'aria-label': 'Graph of this run' });
  #by = element('select', { 'aria-label': 'Colour by' }, element('option', { value: 'structure' }, 'Colour by structure'), element('option', { value: 'device' }, 'Colour by device'));
  #search = element('input', { type: 'search', placeholder: 'Search nodes', 'aria-label': 'Search nodes by name', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'graph-found' });
  #found = element('ul', { class: 'graph-found', id: 'graph-found', role: 'listbox', 'aria-label': 'Matching nodes', hidden: true });
  #file = element('input', { type: 'file', accept: '.pbtxt,.txt,text/plain', class: 'visually-hidden', tabindex: -1, 'aria-label': 'A graph in protobuf text format' });
  #trace = element('button', { 'aria-pressed': 'false', title: 'Highlight everything that the selected node depends on' }, 'Trace inputs');
  #card = element('aside', { class: 'graph-info card', 'aria-label': 'Selected node', 'aria-live': 'polite', hidden: true });
  #legend = element('ul', { class: 'graph-legend', 'aria-label': 'Colours' });
  #summary = element('p', { class: 'note graph-summary', role: 'status' });
  #stage = element('div', { class: 'graph-stage' });
  #view;
  #outline;

  constructor(container, board) {
    this.#board = board;
    this.#view = new GraphView({ onChoose: (item) => this.#onChoose(item), onOpen: (ids) => board.view.set('graphOpen', ids.slice(-40).join('\n')), say: board.say });
    this.#outline = new Outline({ show: (id) => this.#reveal(id) });
    this.#stage.append(this.#view.element, this.#legend, this.#card);
    container.append(
      element('div', { class: 'graph-bar' }, this.#run, this.#tag, element('div', { class: 'graph-search' }, this.#search, this.#found), this.#by, this.#trace,
        element('span', { class: 'graph-tools' },
          element('button', { onclick: () => this.#view.camera.scaleBy(1.3), 'aria-label': 'Zoom in', title: 'Zoom in' }, '+'),
          element('button', { onclick: () => this.#view.camera.scaleBy(1 / 1.3), 'aria-label': 'Zoom out', title: 'Zoom out' }, '−'),
          element('button', { onclick: () => this.#view.camera.fit(), title: 'Show everything' }, 'Fit'),
          element('button', { onclick: () => this.#savePicture() }, 'PNG'),
          element('button', { onclick: () => this.#file.click(), title: 'Open a .pbtxt file. It stays on this computer' }, 'Open file …'), this.#file)),
      this.#summary, this.#stage,
      element('details', { class: 'graph-as-text' }, element('summary', {}, 'The graph as a list'), this.#outline.list));
    this.#listen();
    this.refresh();
  }

  #listen() {
    this.#run.addEventListener('change', () => {
      this.#board.view.set('graphRun', this.#run.value);
      this.#drawTags();
      this.#load();
    });
    this.#tag.addEventListener('change', () => this.#load());
    this.#by.addEventListener('change', () => {
      this.#view.colourBy(this.#by.value);
      this.#drawLegend();
    });
    this.#trace.addEventListener('click', () => {
      const on = this.#trace.getAttribute('aria-pressed') === 'false';
      this.#trace.setAttribute('aria-pressed', on);
      this.#view.trace(on);
      if (on && this.#view.chosen === null) this.#board.say('Select a node to highlight everything that it depends on.');
    });
    this.#file.addEventListener('change', () => this.#openFile(this.#file.files[0]));
    this.#search.addEventListener('input', () => this.#drawFound());
    this.#search.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') this.#found.querySelector('button')?.focus();
      else if (event.key === 'Enter') this.#found.querySelector('button')?.click();
      else if (event.key === 'Escape') this.#closeFound();
      else return;
      event.preventDefault();
    });
    this.#found.addEventListener('keydown', (event) => {
      const all = [...this.#found.querySelectorAll('button')];
      const at = all.indexOf(document.activeElement);
      if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)].focus();
      else if (event.key === 'ArrowUp') (at === 0 ? this.#search : all[at - 1]).focus();
      else if (event.key === 'Escape') this.#closeFound();
      else return;
      event.preventDefault();
    });
  }

  async refresh() {
    try {
      const info = await this.#board.api.json('data/plugin/graphs/info');
      if (this.#gone) return;
      const before = JSON.stringify(this.#info);
      this.#info = info;
      if (JSON.stringify(info) === before) return;
      this.#drawRuns();
      if (this.#shown === null) await this.#load();
    } catch (error) {
      this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
  }

  #drawRuns() {
    const names = Object.keys(this.#info);
    const wanted = this.#run.value || this.#board.view.get('graphRun', names[0]);
    this.#run.replaceChildren(...names.map((name) => element('option', { value: name }, runName(name))));
    if (names.includes(wanted)) this.#run.value = wanted;
    this.#drawTags();
    this.#run.hidden = names.length === 0;
    this.#stage.classList.toggle('without-graph', names.length === 0);
    if (names.length === 0) this.#summary.textContent = 'No run has a graph. You can open a .pbtxt file instead.';
  }

  #drawTags() {
    const run = this.#info[this.#run.value];
    const options = [];
    if (run?.run_graph) options.push([RUN_GRAPH, 'Run graph']);
    for (const [tag, has] of Object.entries(run?.tags ?? {})) {
      if (has.op_graph) options.push([JSON.stringify([tag, false]), `${tag}: operations`]);
      if (has.conceptual_graph) options.push([JSON.stringify([tag, true]), `${tag}: layers`]);
    }
    const before = this.#tag.value;
    this.#tag.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
    if (options.some(([value]) => value === before)) this.#tag.value = before;
    this.#tag.hidden = options.length < 2;
  }

  async #load() {
    const run = this.#run.value;
    if (!run) return;
    const [tag, conceptual] = this.#tag.value === RUN_GRAPH ? [] : JSON.parse(this.#tag.value);
    const key = `${run}\n${this.#tag.value}`;
    this.#shown = key;
    this.#summary.textContent = 'Loading the graph …';
    try {
      const graph = await this.#board.api.json('data/plugin/pupil/graph', { run, tag, conceptual: conceptual || undefined });
      if (this.#gone || this.#shown !== key) return;
      this.#showNodes(graph.nodes, graph.total > graph.written ? `the first ${graph.written.toLocaleString()} of ${graph.total.toLocaleString()} nodes` : '');
    } catch (error) {
      this.#summary.textContent = error.message;
    }
  }

  async #openFile(file) {
    if (!file) return;
    try {
      if (file.size > LONGEST_TEXT) throw new Error(`${file.name} is larger than ${LONGEST_TEXT / 1e6} MB.`);
      const nodes = parseGraph(await file.text());
      this.#shown = `file:${file.name}`;
      this.#showNodes(nodes, `from ${file.name}`);
    } catch (error) {
      this.#summary.textContent = error.message;
      this.#board.say(error.message);
    } finally {
      this.#file.value = '';
    }
  }

  #showNodes(nodes, note) {
    this.#stage.classList.remove('without-graph');
    this.#hierarchy = buildHierarchy(nodes);
    this.#outline.show(this.#hierarchy);
    const open = this.#board.view.get('graphOpen', '').split('\n');
    this.#view.show(this.#hierarchy, open);
    this.#drawLegend();
    const { operations, kinds } = this.#hierarchy.root;
    this.#summary.textContent = `${operations.toLocaleString()} nodes of ${kinds.size} kinds${note ? `, ${note}` : ''}. Data flows upwards. Double-click or + opens a scope.`;
  }

  #drawLegend() {
    this.#legend.replaceChildren(
      ...this.#view.legend.slice(0, 8).map(({ colour, text }) => element('li', {}, element('span', { class: 'graph-swatch', style: `background:${colour}` }), text)),
      element('li', {}, element('span', { class: 'graph-key-control' }), 'control dependency'),
      element('li', {}, element('span', { class: 'graph-key-const' }), 'constant'));
  }

  #drawFound() {
    const words = this.#search.value.trim();
    if (words === '' || this.#hierarchy === null) return this.#closeFound();
    const { total, items } = this.#hierarchy.search(words);
    this.#found.replaceChildren(
      ...items.map((item) => element('li', { role: 'none' }, element('button', {
        role: 'option', tabindex: -1,
        onclick: () => {
          this.#closeFound();
          this.#reveal(item.id);
        },
      }, item.id, element('span', { class: 'note' }, item.kind === 'op' ? item.node.op : `${item.operations} nodes`)))),
      element('li', { class: 'note', role: 'none' }, total === 0 ? 'No node matches.' : total > items.length ? `${total - items.length} more` : ''));
    this.#found.hidden = false;
    this.#search.setAttribute('aria-expanded', true);
  }

  #closeFound() {
    this.#found.hidden = true;
    this.#search.setAttribute('aria-expanded', false);
  }

  #reveal(id) {
    const item = this.#hierarchy.byId.get(id) ?? this.#hierarchy.byName.get(id);
    if (item !== undefined) this.#view.reveal(item);
  }

  #onChoose(item) {
    this.#card.hidden = item === null;
    if (item === null) return;
    const view = this.#view;
    this.#card.replaceChildren(
      element('button', { class: 'icon-button graph-close', 'aria-label': 'Close', onclick: () => view.choose(null) }, '×'),
      infoCard(item, {
        show: (id) => this.#reveal(id),
        toggle: (group) => view.toggle(group),
        isOpen: (group) => view.isOpen(group),
        isAside: (one) => view.isAside(one),
        setAside: (one, aside) => view.setAside(one, aside),
        dissolve: (series) => {
          view.dissolve(series);
          this.#outline.show(this.#hierarchy);
        },
      }));
  }

  async #savePicture() {
    if (this.#hierarchy === null) return;
    try {
      const background = getComputedStyle(document.documentElement).getPropertyValue('--card').trim();
      save(await pngOf(this.#view.layer, this.#view.size, background), 'graph.png');
    } catch (error) {
      this.#board.say(`The image could not be created: ${error.message}`);
    }
  }
}
