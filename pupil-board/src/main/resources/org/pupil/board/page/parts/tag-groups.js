// Cards under the first part of their tags: groups that fold, with twelve cards a page.
import { element } from '../html.js';
import { compareNaturally } from './natural-order.js';

const CARDS_A_PAGE = 12;
const FOLDED_KEY = 'cards.folded';

// [{ name, specs }] in natural order.
export function grouped(specs) {
  const groups = new Map();
  for (const spec of specs) {
    const name = spec.group ?? groupName(spec.tag);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(spec);
  }
  return [...groups].sort(([a], [b]) => compareNaturally(a, b)).map(([name, members]) => ({ name, specs: members.sort(compareSpecs) }));
}

export function groupName(tag) {
  const slash = tag.indexOf('/', 1);
  return slash < 0 ? tag : tag.slice(0, slash);
}

function compareSpecs(a, b) {
  return compareNaturally(a.tag, b.tag) || compareNaturally(a.kind, b.kind) || compareNaturally(a.run ?? '', b.run ?? '') || (a.sample ?? 0) - (b.sample ?? 0);
}

export class TagGroups {
  element = element('div', { class: 'groups' });
  #settings;
  #folded;
  #pages = new Map();
  #cards;
  #groups = [];

  // cards: gives and takes away cards, see CardShelf.
  constructor(settings, cards) {
    this.#settings = settings;
    this.#cards = cards;
    this.#folded = new Set(readFolded(settings));
  }

  // allOpen: while a person searches, folded groups are open too.
  show(groups, allOpen = false) {
    this.#groups = groups;
    this.element.replaceChildren(...groups.map((group) => this.#section(group, allOpen)));
    this.#cards.keepOnly('groups', new Set(groups.flatMap((group) => this.#onPage(group, allOpen)).map((spec) => spec.id)));
  }

  #onPage(group, allOpen) {
    if (!allOpen && this.#folded.has(group.name)) return [];
    const page = Math.min(this.#pages.get(group.name) ?? 0, Math.ceil(group.specs.length / CARDS_A_PAGE) - 1);
    return group.specs.slice(page * CARDS_A_PAGE, (page + 1) * CARDS_A_PAGE);
  }

  #section(group, allOpen) {
    const isOpen = allOpen || !this.#folded.has(group.name);
    const toggle = element('button', { class: 'group-toggle', 'aria-expanded': isOpen, onclick: () => this.#fold(group.name, isOpen) },
      element('span', { class: 'fold-sign', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'), group.name,
      element('span', { class: 'count' }, `${group.specs.length} ${group.specs.length === 1 ? 'card' : 'cards'}`));
    return element('section', { class: 'group', 'data-group': group.name }, element('h2', {}, toggle),
      isOpen ? element('div', { class: 'grid' }, ...this.#onPage(group, allOpen).map((spec) => this.#cards.card('groups', spec).element)) : null,
      isOpen ? this.#pager(group, allOpen) : null);
  }

  #pager(group, allOpen) {
    const pages = Math.ceil(group.specs.length / CARDS_A_PAGE);
    if (pages < 2) return null;
    const page = Math.min(this.#pages.get(group.name) ?? 0, pages - 1);
    const button = (title, to) => {
      const made = element('button', { onclick: () => this.#turn(group.name, to, allOpen) }, title);
      made.disabled = to < 0 || to >= pages;
      return made;
    };
    return element('nav', { class: 'pager', 'aria-label': `Pages of ${group.name}` },
      button('Previous', page - 1), element('span', { role: 'status' }, `Page ${page + 1} of ${pages}`), button('Next', page + 1));
  }

  #turn(name, page, allOpen) {
    this.#pages.set(name, page);
    this.show(this.#groups, allOpen);
    const section = this.#sectionOf(name);
    section.scrollIntoView({ block: 'nearest' });
    section.querySelector('.group-toggle').focus({ preventScroll: true });
  }

  #fold(name, fold) {
    if (fold) this.#folded.add(name);
    else this.#folded.delete(name);
    this.#settings.set(FOLDED_KEY, JSON.stringify([...this.#folded].slice(-500)));
    this.show(this.#groups);
    this.#sectionOf(name).querySelector('.group-toggle').focus({ preventScroll: true });
  }

  #sectionOf(name) {
    return [...this.element.children].find((section) => section.dataset.group === name);
  }
}

function readFolded(settings) {
  try {
    const list = JSON.parse(settings.get(FOLDED_KEY, '[]'));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
