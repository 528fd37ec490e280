// A text of one tag and run: one step at a time, as the server rendered its Markdown.
import { element, sanitizedHtml } from '../html.js';
import { Card } from './card.js';
import { StepSlider } from './step-slider.js';

export class TextCard extends Card {
  #page;
  #spec;
  #slider;
  #text = element('div', { class: 'markdown', tabindex: 0, role: 'region' });
  #isShown = false;
  #version = -1;
  #shown = null;

  constructor(page, spec, state) {
    super(spec.title, spec.run, '');
    this.#page = page;
    this.#spec = spec;
    this.element.classList.add('text-card');
    page.addWidthButton(this, state);
    this.#slider = new StepSlider(`${spec.title} of ${spec.run}`, () => this.#showText());
    this.#text.setAttribute('aria-label', `Text of ${spec.title}, ${spec.run}`);
    this.body.append(this.#slider.element, this.#text);
  }

  show() {
    this.#isShown = true;
    this.update();
  }

  hide() {
    this.#isShown = false;
  }

  update() {
    const { runs } = this.#page.board;
    this.colour = runs.colour(this.#spec.run);
    if (!this.#isShown || this.#version === runs.version(this.#spec.run)) return;
    this.#version = runs.version(this.#spec.run);
    this.#load().catch((error) => {
      this.#version = -1;
      this.note(error.message);
    });
  }

  optionChanged() {}

  themeChanged() {}

  async #load() {
    const { run, tag } = this.#spec;
    const texts = await this.#page.board.api.json('data/plugin/text/text', { run, tag });
    this.#slider.update(texts.map(({ step, wall_time: time, text }) => ({ step, time, text })));
    this.#slider.element.hidden = texts.length < 2;
    this.note(texts.length === 0 ? 'There is no text any more.' : '');
    this.#showText();
  }

  #showText() {
    const html = this.#slider.point?.text ?? '';
    if (html === this.#shown) return;
    this.#shown = html;
    sanitizedHtml(this.#text, html);
  }
}
