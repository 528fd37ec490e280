// Pictures of one tag, run and sample: one step at a time.
import { element } from '../../page/html.js';
import { RunCard } from '../../page/parts/run-card.js';
import { StepSlider } from '../../page/parts/step-slider.js';

export class ImageCard extends RunCard {
  #state;
  #slider;
  #picture = element('img', { class: 'picture', decoding: 'async' });
  #frame = element('div', { class: 'picture-frame', tabindex: 0, role: 'group' }, this.#picture);
  #shownKey = '';

  constructor(page, spec, state) {
    super(page, spec, spec.samples > 1 ? `${spec.run}, sample ${spec.sample + 1} of ${spec.samples}` : spec.run);
    this.#state = state;
    this.element.classList.add('image-card');
    page.addPinButton(this, spec);
    const actual = this.addButton('1:1', 'Actual size', () => {
      state.actualSize = !this.#isActualSize();
      actual.setAttribute('aria-pressed', state.actualSize);
      this.#showPicture();
    }, this.#isActualSize());
    actual.classList.add('word');
    page.addWidthButton(this, state);
    this.#slider = new StepSlider(`${spec.title} of ${spec.run}`, () => this.#chosen());
    this.#frame.setAttribute('aria-label', `Pictures of ${spec.title}, ${spec.run}: use the left and right arrow keys for other steps`);
    this.#frame.addEventListener('keydown', (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.#slider.move(by);
    });
    this.#picture.addEventListener('load', () => this.#fit());
    this.#picture.addEventListener('error', () => this.note('This image cannot be displayed.'));
    this.body.append(this.#slider.element, this.#frame);
  }

  optionChanged(key) {
    if (key === 'linked') this.#followLink();
    else this.#showPicture();
  }

  async load() {
    const { run, tag, sample } = this.spec;
    const images = await this.page.board.api.json('data/plugin/images/images', { run, tag, sample });
    this.#slider.update(images.map(({ step, wall_time: time, query }) => ({ step, time, query })));
    this.note(images.length === 0 ? 'The image is no longer there.' : '');
    this.#followLink();
    this.#showPicture();
  }

  #chosen() {
    if (this.page.options.get('linkSteps')) this.page.options.link({ from: this.#slider.point.step, to: null });
    this.#showPicture();
  }

  #followLink() {
    const { options } = this.page;
    if (!options.get('linkSteps') || options.linked === null) return;
    const step = options.linked.to ?? options.linked.from;
    if (this.#slider.point !== null && this.#slider.point.step !== step) this.#slider.chooseStep(step);
  }

  #isActualSize() {
    return this.#state.actualSize ?? this.page.options.get('actualSize');
  }

  #showPicture() {
    const { point } = this.#slider;
    const { options } = this.page;
    this.#picture.hidden = point === null;
    if (point === null) return;
    const key = `data/plugin/images/individualImage?${point.query}`;
    if (key !== this.#shownKey) {
      this.#shownKey = key;
      this.note('');
      this.#picture.src = key;
    }
    this.#picture.alt = `${this.spec.title}, ${this.spec.run}, step ${point.step}`;
    this.#picture.style.filter = `brightness(${options.get('brightness')}) contrast(${options.get('contrast')})`;
    this.#fit();
  }

  // As wide as the card, or one pixel for one.
  #fit() {
    const isActual = this.#isActualSize();
    this.#frame.classList.toggle('actual', isActual);
    this.#picture.style.width = isActual ? `${this.#picture.naturalWidth}px` : '';
  }
}
