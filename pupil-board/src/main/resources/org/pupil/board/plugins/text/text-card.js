// The texts of one tag and run, newest first, as the server rendered their Markdown.
import { element, sanitizedHtml } from '../../page/html.js';
import * as format from '../../page/parts/format.js';
import { sayPointCount } from '../../page/parts/point-count.js';
import { RunCard } from '../../page/parts/run-card.js';

const AT_ONCE = 10;

export class TextCard extends RunCard {
  #list = element('div', { class: 'texts', tabindex: 0, role: 'region' });
  #most = AT_ONCE;
  #texts = [];
  // By step and text: what is there already is not made again, so that a reader keeps the place.
  #entries = new Map();

  constructor(page, spec, state) {
    super(page, spec);
    this.element.classList.add('text-card');
    page.addWidthButton(this, state);
    this.#list.setAttribute('aria-label', `Texts of ${spec.title}, ${spec.run}, newest first`);
    this.body.append(this.#list);
  }

  async load() {
    const { run, tag } = this.spec;
    const response = await this.page.board.api.response('data/plugin/text/text', { run, tag });
    this.#texts = (await response.json()).reverse();
    this.note(this.#texts.length === 0 ? 'The text is no longer there.' : sayPointCount(response.headers.get('X-Pupil-Points'), 'texts'));
    this.#draw();
  }

  #draw() {
    const shown = this.#texts.slice(0, this.#most);
    const entries = new Map(shown.map((text) => {
      const key = JSON.stringify(text);
      return [key, this.#entries.get(key) ?? entry(text)];
    }));
    this.#entries = entries;
    const rest = this.#texts.length - shown.length;
    const more = element('button', { class: 'link-button', onclick: () => this.#showMore() }, `${format.count(rest)} older`);
    this.#list.replaceChildren(...entries.values(), rest > 0 ? more : '');
  }

  #showMore() {
    const first = this.#most;
    this.#most += AT_ONCE;
    this.#draw();
    const next = this.#list.children[first];
    next.tabIndex = -1;
    next.focus();
  }
}

function entry({ step, wall_time: time, text }) {
  const content = element('div', { class: 'markdown' });
  sanitizedHtml(content, text);
  return element('article', { class: 'text-entry' },
    element('header', {}, element('span', { class: 'text-step' }, `Step ${format.step(step)}`), element('time', {}, format.dateTime(time))), content);
}
