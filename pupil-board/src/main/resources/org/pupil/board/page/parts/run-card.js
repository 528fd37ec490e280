// A card of one run. It loads what it shows when it comes into sight, and again when its run has more.
import { Card } from './card.js';

const LOADING = 'Loading …';
// What comes sooner is not announced.
const SOON_MILLIS = 200;

export class RunCard extends Card {
  page;
  spec;
  #isInSight = false;
  #version = -1;

  // page: what cards share. A kind of card writes `async load()`.
  constructor(page, spec, subtitle = spec.run) {
    super(spec.title, subtitle, spec.description);
    this.page = page;
    this.spec = spec;
  }

  get isInSight() {
    return this.#isInSight;
  }

  show() {
    this.#isInSight = true;
    this.update();
  }

  hide() {
    this.#isInSight = false;
  }

  update() {
    const { runs } = this.page.board;
    const { run } = this.spec;
    this.colour = runs.colour(run);
    if (!this.#isInSight || this.#version === runs.version(run)) return;
    const isFirst = this.#version === -1;
    this.#version = runs.version(run);
    const wait = isFirst ? setTimeout(() => this.note(LOADING), SOON_MILLIS) : null;
    this.load().catch((error) => {
      this.#version = -1;
      this.note(error.message);
    }).finally(() => {
      clearTimeout(wait);
      this.unnote(LOADING);
    });
  }

  optionChanged() {}

  themeChanged() {}
}
