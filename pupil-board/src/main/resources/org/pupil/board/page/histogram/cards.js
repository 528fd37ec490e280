// Cards by run and tag, in groups by the first part of the tag: what the pages of histograms and of distributions share.
// A card asks for its data only when it is in the window, and again when its run has more.
import { element } from '../html.js';

const CARDS_AT_ONCE = 12;

// Numbers in names count as numbers, and `/` comes before everything else.
export function compareTags(a, b) {
  const [left, right] = [a, b].map((tag) => tag.split(/(\/|\d+)/));
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === y) continue;
    if (i % 2 === 0) {
      // A name that ends here is followed by a slash, a number or nothing: those come before further letters.
      const [first, second] = x.startsWith(y) || y.startsWith(x) ? [x.length, y.length] : [x, y];
      return first < second ? -1 : 1;
    }
    if (x === '/' || y === '/') return x === '/' ? -1 : 1;
    if (Number(x) !== Number(y)) return Number(x) - Number(y);
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

export function groupOf(tag) {
  const slash = tag.indexOf('/');
  return slash <= 0 ? tag : tag.slice(0, slash);
}

export function expressionOf(pattern) {
  try {
    return new RegExp(pattern, 'i');
  } catch {
    return null;
  }
}

// options: {controls: [elements], load(run, tag) -> {data, shown, seen}, draw(card, data), key: of the tag filter}
export class Cards {
  #board;
  #options;
  #tags = {};
  #open = new Map();
  #pages = new Map();
  #cards = new Map();
  #gone = false;
  #stop;
  #filter;
  #note = element('p', { class: 'note', role: 'status' });
  #groups = element('div', { class: 'histogram-groups' });
  #observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#onSeen(entry)), { rootMargin: '200px' });
  #sizes = new ResizeObserver((entries) => entries.forEach((entry) => this.#cards.get(entry.target.dataset.key)?.redraw()));

  constructor(container, board, options) {
    this.#board = board;
    this.#options = options;
    this.#filter = element('input', { type: 'search', placeholder: 'Filter tags (regex)', 'aria-label': 'Filter tags by a regular expression', value: board.view.get('tagFilter', '') });
    this.#filter.addEventListener('input', () => {
      board.view.set('tagFilter', this.#filter.value);
      this.#draw();
    });
    container.append(element('div', { class: 'histogram-page' }, element('div', { class: 'histogram-bar' }, this.#filter, ...options.controls), this.#note, this.#groups));
    const stops = [board.runs.onChange(() => this.#draw()), board.theme.onChange(() => this.redraw())];
    this.#stop = () => stops.forEach((stop) => stop());
    this.refresh();
  }

  async refresh() {
    try {
      const tags = await this.#board.api.json('data/plugin/histograms/tags');
      if (this.#gone) return;
      const changed = JSON.stringify(tags) !== JSON.stringify(this.#tags);
      this.#tags = tags;
      if (changed) this.#draw();
      for (const card of this.#cards.values()) this.#load(card);
    } catch (error) {
      this.#board.say(error.message);
    }
  }

  redraw() {
    for (const card of this.#cards.values()) card.redraw();
  }

  unmount() {
    this.#gone = true;
    this.#stop();
    this.#observer.disconnect();
    this.#sizes.disconnect();
  }

  #draw() {
    const expression = expressionOf(this.#filter.value);
    this.#filter.setAttribute('aria-invalid', expression === null);
    const groups = new Map();
    let count = 0;
    for (const run of this.#board.runs.visible()) {
      for (const tag of Object.keys(this.#tags[run] ?? {})) {
        if (expression === null || !expression.test(tag)) continue;
        const group = groupOf(tag);
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push({ run, tag, key: `${tag}\n${run}`, about: this.#tags[run][tag] });
        count++;
      }
    }
    const wanted = new Set();
    this.#groups.replaceChildren(...[...groups.keys()].sort(compareTags).map((name) => this.#group(name, groups.get(name), wanted)));
    for (const [key, card] of this.#cards) {
      if (wanted.has(key)) continue;
      this.#observer.unobserve(card.element);
      this.#sizes.unobserve(card.element);
      this.#cards.delete(key);
    }
    this.#note.textContent = expression === null ? 'This is no regular expression.' : count === 0 ? 'No histogram of the shown runs matches.' : '';
    for (const card of this.#cards.values()) card.redraw();
  }

  #group(name, entries, wanted) {
    entries.sort((a, b) => compareTags(a.tag, b.tag) || compareTags(a.run, b.run));
    const pages = Math.ceil(entries.length / CARDS_AT_ONCE);
    const page = Math.min(this.#pages.get(name) ?? 0, pages - 1);
    const shown = entries.slice(page * CARDS_AT_ONCE, (page + 1) * CARDS_AT_ONCE);
    const body = element('div', { class: 'histogram-cards' });
    const fill = () => body.replaceChildren(...shown.map((entry) => this.#card(entry, wanted).element));
    const isOpen = this.#open.get(name) ?? true;
    const group = element('details', { open: isOpen }, element('summary', {}, name, element('span', { class: 'note' }, ` ${entries.length}`)), body,
      pages < 2 ? null : element('div', { class: 'histogram-pages' },
        element('button', { disabled: page === 0, onclick: () => this.#turn(name, page - 1) }, 'Before'),
        element('span', { class: 'note' }, `${page + 1} of ${pages}`),
        element('button', { disabled: page === pages - 1, onclick: () => this.#turn(name, page + 1) }, 'Next')));
    if (isOpen) fill();
    group.addEventListener('toggle', () => {
      if (group.open === (this.#open.get(name) ?? true)) return;
      this.#open.set(name, group.open);
      this.#draw();
    });
    return group;
  }

  #turn(name, page) {
    this.#pages.set(name, page);
    this.#draw();
  }

  #card(entry, wanted) {
    wanted.add(entry.key);
    if (this.#cards.has(entry.key)) return this.#cards.get(entry.key);
    const title = entry.about.displayName || entry.tag;
    const swatch = element('span', { class: 'histogram-swatch' });
    const points = element('span', { class: 'note' });
    const chart = element('div', { class: 'histogram-chart' });
    const readout = element('p', { class: 'histogram-readout', 'aria-live': 'polite' });
    const wide = element('button', { class: 'icon-button', title: 'Wide', 'aria-label': 'Show this card wide', 'aria-pressed': 'false' }, '⤢');
    const card = {
      ...entry, chart, readout, title, version: -1, data: null, visible: false, loading: false,
      element: element('article', { class: 'card histogram-card', 'data-key': entry.key, 'aria-label': `${title}, run ${entry.run}` },
        element('header', {}, element('h3', { title: entry.tag }, title), wide),
        element('p', { class: 'histogram-run' }, swatch, element('span', {}, entry.run), points), chart, readout),
      redraw: () => {
        swatch.style.background = this.#board.runs.colour(entry.run);
        if (card.data !== null && card.visible && chart.clientWidth > 0) this.#options.draw(card, card.data);
      },
      note: (text) => (points.textContent = text),
    };
    wide.addEventListener('click', () => wide.setAttribute('aria-pressed', card.element.classList.toggle('wide')));
    this.#cards.set(entry.key, card);
    this.#observer.observe(card.element);
    this.#sizes.observe(card.element);
    return card;
  }

  #onSeen(entry) {
    const card = this.#cards.get(entry.target.dataset.key);
    if (card === undefined) return;
    card.visible = entry.isIntersecting;
    if (card.visible) {
      card.redraw();
      this.#load(card);
    }
  }

  async #load(card) {
    const version = this.#board.runs.version?.(card.run) ?? Date.now();
    if (!card.visible || card.loading || card.version === version) return;
    card.loading = true;
    try {
      const { data, shown, seen } = await this.#options.load(card.run, card.tag);
      card.version = version;
      card.data = data;
      card.note(seen > shown ? `${shown.toLocaleString()} of ${seen.toLocaleString()} steps` : `${shown.toLocaleString()} ${shown === 1 ? 'step' : 'steps'}`);
      if (!this.#gone) card.redraw();
    } catch (error) {
      card.chart.textContent = error.message;
    } finally {
      card.loading = false;
    }
  }
}

// The rows of a route, and how many points there are that the server did not send.
export async function rowsOf(board, path, params) {
  const response = await board.api.response(path, params);
  const data = await response.json();
  const seen = Number((response.headers.get('X-Pupil-Points') ?? '').split('/')[1]) || data.length;
  return { data, shown: data.length, seen };
}

export function choice(board, key, label, options, onChange) {
  const select = element('select', { 'aria-label': label }, ...options.map(([value, text]) => element('option', { value }, text)));
  const wanted = board.view.get(key, options[0][0]);
  if (options.some(([value]) => value === wanted)) select.value = wanted;
  select.addEventListener('change', () => {
    board.view.set(key, select.value === options[0][0] ? undefined : select.value);
    onChange();
  });
  return select;
}
