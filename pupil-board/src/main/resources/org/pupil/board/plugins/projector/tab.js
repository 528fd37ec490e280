// Points of many dimensions, as a cloud that can be turned.
import { element } from '../../page/html.js';
import { BookmarkList } from './bookmark-list.js';
import { parseBookmarks, placesOf, toBookmark } from './bookmarks.js';
import { loadTensor, tensorsOf } from './data-source.js';
import { Inspector } from './inspector.js';
import { kindOf, labelColumn } from './metadata.js';
import { nearest } from './neighbours.js';
import { partsOf, pointColours } from './point-colours.js';
import { looksOf } from './point-looks.js';
import { PointView } from './point-view.js';
import { Projections } from './projections.js';
import { runName } from '../../page/run-name.js';

export const tab = {
  id: 'projector', title: 'Projector', plugins: ['projector'],
  isActive: async (board) => (await board.api.json('data/plugin/projector/runs')).length > 0,
};

export function mount(container, board) {
  return new ProjectorPage(container, board);
}

class ProjectorPage {
  #board;
  #gone = false;
  // null before the server said which there are.
  #tensors = null;
  #loaded = '';
  #data = null;
  // The rows that were isolated, or null for all.
  #subset = null;
  // What is drawn: rows of the data, and their places.
  #page;
  #drawn = { rows: new Int32Array(0), dim: 3, positions: new Float32Array(0), projection: 'pca' };
  #selected = new Set();
  #chosen = null;
  #neighbours = [];
  #pointed = -1;
  #colours = pointColours(null);
  #colourValues = [];
  #tensor = element('select', { 'aria-label': 'Tensor' });
  #label = element('select', { 'aria-label': 'Label by' });
  #colour = element('select', { 'aria-label': 'Colour by' });
  #pictures = element('input', { type: 'checkbox' });
  #legend = element('ul', { class: 'projector-legend', 'aria-label': 'Colours' });
  #note = element('p', { class: 'note', role: 'status' });
  #picturesRow = element('label', { class: 'projector-check', hidden: true }, this.#pictures, 'Images');
  #projections;
  #inspector;
  #bookmarks;
  #view;
  #stopTheme;

  constructor(container, board) {
    this.#board = board;
    this.#projections = new Projections({
      placed: (projection, rows, dim, positions) => this.#place(projection, rows, dim, positions),
      failed: (sentence) => board.say(sentence),
    });
    this.#inspector = new Inspector({
      choose: (row) => this.#choose(row < 0 ? null : row), chooseAll: (rows) => this.#chooseAll(rows), labelOf: (row) => this.#labelOf(row), pictureOf: (row) => this.#pictureOf(row),
      settingsChanged: () => this.#chosen !== null && this.#choose(this.#chosen), isolate: () => this.#isolate(), showAll: () => this.#use(null), isIsolated: () => this.#subset !== null,
    });
    this.#bookmarks = new BookmarkList({ bookmark: (label) => this.#bookmark(label), restore: (bookmark) => this.#restore(bookmark), say: (sentence) => board.say(sentence) });
    this.#view = new PointView({
      pointed: (place) => this.#point(place),
      chosen: (place, isAdding) => this.#onChosen(place, isAdding),
      noWebgl: () => board.say('This browser has no WebGL, so drawing the points is slower.'),
    });
    this.#page = this.#layout();
    container.append(this.#page);
    this.#listen();
    this.refresh();
  }

  #layout() {
    const labelled = (text, control) => element('label', { class: 'projector-field' }, element('span', {}, text), control);
    return element('div', { class: 'projector-page' },
      element('div', { class: 'projector-side card' },
        labelled('Tensor', this.#tensor), labelled('Label by', this.#label), labelled('Colour by', this.#colour), this.#picturesRow, this.#legend,
        element('hr', {}), this.#projections.element),
      element('div', { class: 'projector-middle card' }, this.#view.element, element('div', { class: 'projector-foot' }, this.#note,
        element('button', { onclick: () => this.#view.reset(this.#view.orbit.isFlat) }, 'Reset the view'))),
      element('div', { class: 'projector-side card' }, this.#inspector.element,
        element('hr', {}), this.#bookmarks.element));
  }

  #listen() {
    this.#tensor.addEventListener('change', () => this.#load());
    this.#label.addEventListener('change', () => this.#drawLabels());
    this.#colour.addEventListener('change', () => this.#drawColours());
    this.#pictures.addEventListener('change', () => this.#drawPoints());
    this.#stopTheme = this.#board.theme.onChange(() => this.#drawPoints());
  }

  async refresh() {
    try {
      const tensors = await tensorsOf(this.#board.api);
      if (this.#gone || JSON.stringify(tensors) === JSON.stringify(this.#tensors)) return;
      this.#tensors = tensors;
      const before = this.#tensor.value || this.#board.view.get('tensor');
      this.#tensor.replaceChildren(...tensors.map((tensor) => {
        const key = `${tensor.run}\n${tensor.tensorName}`;
        return element('option', { value: key }, `${tensor.tensorName} – ${runName(tensor.run)}`);
      }));
      if (tensors.some((tensor) => `${tensor.run}\n${tensor.tensorName}` === before)) this.#tensor.value = before;
      if (tensors.length === 0) this.#note.textContent = 'There is nothing to show: no run has a projector_config.pbtxt.';
      else await this.#load();
    } catch (error) {
      this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
    this.#stopTheme();
    this.#projections.close();
    this.#view.dispose();
  }

  // --- data ---------------------------------------------------------------------------------------

  async #load() {
    const tensor = this.#tensors[this.#tensor.selectedIndex];
    const key = JSON.stringify(tensor);
    if (tensor === undefined || key === this.#loaded) return;
    this.#loaded = key;
    this.#board.view.set('tensor', this.#tensor.selectedIndex === 0 ? undefined : this.#tensor.value);
    this.#note.textContent = 'Loading …';
    try {
      const data = await loadTensor(this.#board.api, tensor);
      if (this.#gone || this.#loaded !== key) return;
      this.#show(data);
      if (tensor.bookmarksPath) this.#bookmarks.show(parseBookmarks(await this.#board.api.text('data/plugin/projector/bookmarks', { run: tensor.run, name: tensor.tensorName })));
    } catch (error) {
      if (this.#loaded !== key) return;
      // The points of another tensor would be taken for this one's.
      this.#page.classList.add('failed');
      this.#note.textContent = error.message;
    }
  }

  #show(data) {
    this.#page.classList.remove('failed');
    this.#data = data;
    const { names, valuesOf } = data.metadata;
    this.#label.replaceChildren(...names.map((name, i) => element('option', { value: i }, name)));
    this.#label.value = labelColumn(names.map((_, i) => valuesOf(i)));
    const kinds = names.map((_, i) => kindOf(valuesOf(i)));
    this.#colour.replaceChildren(element('option', { value: '' }, 'nothing'), ...names.map((name, i) => element('option', { value: i, disabled: kinds[i] === null }, kinds[i] === null ? `${name} (too many values)` : name)));
    this.#colour.value = Math.max(-1, kinds.findIndex((kind, i) => kind === 'categories' && new Set(valuesOf(i)).size > 1));
    if (this.#colour.value === '') this.#colour.selectedIndex = 0;
    this.#picturesRow.hidden = data.sprite === null;
    this.#pictures.checked = data.sprite !== null && data.n <= 3000;
    this.#view.setSprite(data.sprite);
    this.#bookmarks.show([]);
    this.#inspector.show(data);
    this.#use(null);
    this.#drawColours();
  }

  // Shows all points (null) or some rows.
  #use(subset) {
    this.#subset = subset;
    this.#selected.clear();
    this.#chosen = null;
    this.#neighbours = [];
    this.#projections.use(this.#data, subset);
    this.#inspector.showPoint(null, [], 0);
  }

  // --- drawing ------------------------------------------------------------------------------------

  #place(projection, rows, dim, positions) {
    const isNew = this.#drawn.projection !== projection || this.#drawn.dim !== dim || this.#drawn.rows.length !== rows.length;
    this.#drawn = { projection, rows, dim, positions };
    if (isNew) this.#view.reset(dim === 2);
    this.#drawPoints();
    const all = this.#subset?.length ?? this.#data.n;
    const shown = rows.length === all ? `${all.toLocaleString()} points` : `${rows.length.toLocaleString()} of ${all.toLocaleString()} points, chosen at random`;
    const unread = this.#data.total > this.#data.n ? `; the first ${this.#data.n.toLocaleString()} of ${this.#data.total.toLocaleString()} were read` : '';
    this.#note.textContent = `${shown}, ${this.#data.d.toLocaleString()} dimensions${unread}. ${this.#data.notes.join(' ')}`;
  }

  #drawPoints() {
    if (this.#data === null || this.#drawn.rows.length === 0) return;
    const style = getComputedStyle(document.documentElement);
    const isPicture = this.#pictures.checked && this.#data.sprite !== null;
    this.#view.setOptions({ pictures: isPicture, line: style.getPropertyValue('--line').trim(), paper: partsOf(style.getPropertyValue('--card').trim()) });
    this.#view.setPoints(looksOf(this.#drawn, {
      chosen: this.#chosen, near: this.#neighbours.map((one) => one.index), selected: this.#selected,
      colourOf: (row) => this.#colours.of(this.#colourValues[row]), chosenColour: style.getPropertyValue('--bad').trim(),
      sprite: this.#data.sprite, isPicture,
    }));
    this.#drawLabels();
  }

  #drawLabels() {
    if (this.#data === null) return;
    const places = new Map(Array.from(this.#drawn.rows, (row, place) => [row, place]));
    const labels = [];
    const add = (row, kind) => places.has(row) && labels.push({ place: places.get(row), text: this.#labelOf(row), kind });
    if (this.#pointed >= 0) add(this.#pointed, 'pointed');
    if (this.#chosen !== null) add(this.#chosen, 'chosen');
    for (const { index } of this.#neighbours.slice(0, 20)) add(index, 'near');
    if (this.#chosen === null) for (const row of [...this.#selected].slice(0, 40)) add(row, 'near');
    this.#view.setLabels(labels);
  }

  #drawColours() {
    const values = this.#colour.value === '' ? null : this.#data.metadata.valuesOf(Number(this.#colour.value));
    this.#colours = pointColours(values);
    this.#colourValues = values ?? [];
    this.#legend.replaceChildren(...this.#colours.legend.map(({ colour, text, value }) => element('li', {}, element('span', { class: 'projector-swatch', style: `background:${colour}` }),
      value === undefined ? text : element('button', { class: 'link-button', title: 'Select these', onclick: () => this.#chooseAll(values.flatMap((one, row) => (one === value ? [row] : []))) }, text))));
    this.#drawPoints();
  }

  #labelOf(row) {
    return this.#labels()[row] || `(${row})`;
  }

  #labelCache = { key: null, values: [] };

  #labels() {
    const key = `${this.#loaded}${this.#label.value}`;
    if (this.#labelCache.key !== key) this.#labelCache = { key, values: this.#data.metadata.valuesOf(Number(this.#label.value)) };
    return this.#labelCache.values;
  }

  #pictureOf(row) {
    const { sprite } = this.#data;
    if (sprite === null) return null;
    const canvas = element('canvas', { class: 'projector-picture', width: sprite.width, height: sprite.height, role: 'img', 'aria-label': this.#labelOf(row) });
    canvas.getContext('2d').drawImage(sprite.image, (row % sprite.perRow) * sprite.width, Math.floor(row / sprite.perRow) * sprite.height, sprite.width, sprite.height, 0, 0, sprite.width, sprite.height);
    return canvas;
  }

  // --- choosing -----------------------------------------------------------------------------------

  #point(place) {
    const row = place < 0 ? -1 : this.#drawn.rows[place];
    if (row === this.#pointed) return;
    this.#pointed = row;
    this.#drawLabels();
  }

  #onChosen(place, isAdding) {
    const row = place < 0 ? null : this.#drawn.rows[place];
    if (isAdding && row !== null) this.#chooseAll([...this.#selected, row]);
    else this.#choose(row);
  }

  #choose(row) {
    this.#chosen = row;
    this.#selected.clear();
    this.#neighbours = [];
    if (row !== null) {
      const { points, n, d } = this.#data;
      const wanted = this.#inspector.count;
      this.#neighbours = nearest(points, n, d, row, this.#subset === null ? wanted : n, this.#inspector.distance);
      if (this.#subset !== null) {
        const inside = new Set(this.#subset);
        this.#neighbours = this.#neighbours.filter((one) => inside.has(one.index)).slice(0, wanted);
      }
      this.#selected = new Set([row, ...this.#neighbours.map((one) => one.index)]);
    }
    this.#inspector.showPoint(row, this.#neighbours, this.#selected.size);
    this.#drawPoints();
  }

  #chooseAll(rows) {
    this.#chosen = null;
    this.#neighbours = [];
    this.#selected = new Set(rows);
    this.#inspector.showPoint(null, [], this.#selected.size);
    this.#drawPoints();
  }

  #isolate() {
    if (this.#selected.size < 2) return this.#board.say('Select at least two points.');
    return this.#use(Int32Array.from([...this.#selected].sort((a, b) => a - b)));
  }

  // --- bookmarks ----------------------------------------------------------------------------------

  // Of what is shown; null while there is nothing.
  #bookmark(label) {
    if (this.#data === null) return null;
    const { settings, learningRate } = this.#projections;
    const { orbit } = this.#view;
    const { rows, dim, positions, projection } = this.#drawn;
    return toBookmark({
      label: `${label}: ${projection}`, projection, dim, positions, rows, n: this.#data.n, d: this.#data.d,
      camera: { position: orbit.eye(), target: orbit.target }, colour: this.#colour.selectedOptions[0]?.textContent, labelColumn: this.#label.selectedOptions[0]?.textContent,
      selected: [...this.#selected], components: [settings.x, settings.y, settings.z].filter((one) => one !== null), settings: { ...settings, learningRate },
    });
  }

  #restore(bookmark) {
    const places = this.#data === null ? null : placesOf(bookmark, this.#data.n);
    if (places === null) return this.#board.say('This bookmark belongs to other data.');
    this.#projections.pause();
    if (this.#subset !== null) this.#use(null);
    const { selectedProjection: projection, cameraDef } = bookmark;
    const choose = (select, text) => {
      const option = [...select.options].find((one) => one.textContent === text);
      if (option) select.value = option.value;
    };
    choose(this.#label, bookmark.selectedLabelOption);
    choose(this.#colour, bookmark.selectedColorOptionName);
    this.#projections.restored(projection);
    this.#drawColours();
    this.#place(projection, places.rows, places.dim, places.positions);
    const selected = Array.isArray(bookmark.selectedPoints) ? bookmark.selectedPoints.filter((row) => Number.isInteger(row) && row >= 0 && row < this.#data.n) : [];
    this.#chooseAll(selected);
    this.#view.look(cameraDef, places.dim === 2);
    return undefined;
  }
}
