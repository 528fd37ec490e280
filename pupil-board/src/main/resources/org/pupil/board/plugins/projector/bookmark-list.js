// The views that a person kept: the list at the side, and its way into a file and back.
import { element } from '../../page/html.js';
import { save } from '../../page/parts/download.js';
import { parseBookmarks } from './bookmarks.js';

const LONGEST_LABEL = 80;

export class BookmarkList {
  #actions;
  #bookmarks = [];
  #list = element('ul', { class: 'projector-marks' });
  #file = element('input', { type: 'file', accept: '.json,.txt', class: 'visually-hidden', tabindex: -1, 'aria-label': 'Bookmarks file' });
  element = element('section', { 'aria-label': 'Bookmarks' }, element('h3', {}, 'Bookmarks'), this.#list,
    element('div', { class: 'projector-buttons' },
      element('button', { onclick: () => this.#add() }, 'Bookmark this view'),
      element('button', { onclick: () => this.#save() }, 'Save …'),
      element('button', { onclick: () => this.#file.click() }, 'Load …'), this.#file));

  // actions: {bookmark(label) -> a bookmark of what is shown, or null; restore(bookmark); say(sentence)}
  constructor(actions) {
    this.#actions = actions;
    this.#file.addEventListener('change', () => this.#load(this.#file.files[0]));
  }

  show(bookmarks) {
    this.#bookmarks = bookmarks;
    this.#list.replaceChildren(...bookmarks.map((bookmark) => element('li', {},
      element('button', { class: 'link-button', onclick: () => this.#actions.restore(bookmark) }, String(bookmark.label || bookmark.selectedProjection).slice(0, LONGEST_LABEL)),
      element('button', {
        class: 'icon-button', 'aria-label': `Remove ${String(bookmark.label).slice(0, LONGEST_LABEL)}`,
        onclick: () => this.show(this.#bookmarks.filter((other) => other !== bookmark)),
      }, '×'))));
  }

  #add() {
    const bookmark = this.#actions.bookmark(`View ${this.#bookmarks.length + 1}`);
    if (bookmark !== null) this.show([...this.#bookmarks, bookmark]);
  }

  #save() {
    if (this.#bookmarks.length === 0) this.#actions.say('Bookmark a view first.');
    else save(JSON.stringify(this.#bookmarks), 'bookmarks.json', 'application/json');
  }

  async #load(file) {
    if (!file) return;
    try {
      this.show(parseBookmarks(await file.text()));
    } catch (error) {
      this.#actions.say(error.message);
    } finally {
      this.#file.value = '';
    }
  }
}
