// Buttons that say which kinds of cards are shown: all, or some.
import { element } from '../html.js';

const KEY = 'cards.kinds';

export class KindChips {
  #settings;
  #kinds;
  #onChange;
  element = element('div', { class: 'chips', role: 'group', 'aria-label': 'Kinds of cards' });

  constructor(settings, kinds, onChange) {
    this.#settings = settings;
    this.#kinds = kinds;
    this.#onChange = onChange;
    this.#draw();
  }

  // The chosen kinds' ids; empty for all.
  get #chosen() {
    const ids = this.#kinds.map((kind) => kind.id);
    return this.#settings.get(KEY, '').split(',').filter((id) => ids.includes(id));
  }

  shows(kind) {
    const chosen = this.#chosen;
    return chosen.length === 0 || chosen.includes(kind);
  }

  #choose(ids) {
    this.#settings.set(KEY, ids.join(','));
    this.#draw();
    this.#onChange();
  }

  #draw() {
    const chosen = this.#chosen;
    const focused = [...this.element.children].indexOf(document.activeElement);
    this.element.replaceChildren(
      element('button', { 'aria-pressed': chosen.length === 0, onclick: () => this.#choose([]) }, 'All'),
      ...this.#kinds.map(({ id, title }) => element('button', {
        'aria-pressed': chosen.includes(id),
        onclick: () => this.#choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
      }, title)));
    if (focused >= 0) this.element.children[focused].focus();
  }
}
