// The field that leaves only cards whose tags match a regular expression.
import { element } from '../html.js';

const ADDRESS_KEY = 'tagFilter';
const MOST_SUGGESTIONS = 200;

export class TagFilter {
  #view;
  #input = element('input', { type: 'search', placeholder: 'Filter tags (regex)', 'aria-label': 'Filter tags by a regular expression', list: 'tag-suggestions' });
  #suggestions = element('datalist', { id: 'tag-suggestions' });
  #trouble = element('span', { class: 'trouble', role: 'status' });
  element = element('div', { class: 'tag-filter' }, this.#input, this.#suggestions, this.#trouble);

  constructor(view, onChange) {
    this.#view = view;
    this.read();
    this.#input.addEventListener('input', () => {
      view.set(ADDRESS_KEY, this.#input.value);
      onChange();
    });
  }

  read() {
    const text = this.#view.get(ADDRESS_KEY, '');
    if (this.#input.value !== text) this.#input.value = text;
  }

  get isEmpty() {
    return this.#input.value === '';
  }

  suggest(tags) {
    if (tags.slice(0, MOST_SUGGESTIONS).join('\n') === [...this.#suggestions.children].map((option) => option.value).join('\n')) return;
    this.#suggestions.replaceChildren(...tags.slice(0, MOST_SUGGESTIONS).map((tag) => element('option', { value: tag })));
  }

  // Says whether a tag matches. An expression that is none matches nothing, and the page says so.
  matcher() {
    const expression = tagExpression(this.#input.value);
    this.#input.setAttribute('aria-invalid', expression === null);
    this.#trouble.textContent = expression === null ? 'This is not a valid regular expression.' : '';
    return expression === null ? () => false : (tag) => expression.test(tag);
  }
}

// Case does not matter. Null for what is no expression; a tag that is typed as it stands need not be one.
export function tagExpression(text) {
  try {
    return new RegExp(text, 'i');
  } catch {
    return null;
  }
}
