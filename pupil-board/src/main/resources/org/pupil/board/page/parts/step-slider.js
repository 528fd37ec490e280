// Chooses one of the steps that a series has. It stands at the newest, and stays there when newer ones come.
import { element } from '../html.js';
import * as format from './format.js';

export class StepSlider {
  element = element('div', { class: 'step-slider' });
  #input;
  #label = element('output', { class: 'step-label' });
  #points = [];
  #at = -1;
  #onChange;

  constructor(name, onChange) {
    this.#onChange = onChange;
    this.#input = element('input', { type: 'range', min: 0, max: 0, step: 1, 'aria-label': `Step of ${name}` });
    this.#input.addEventListener('input', () => this.#choose(Number(this.#input.value)));
    this.element.append(this.#input, this.#label);
  }

  get point() {
    return this.#points[this.#at] ?? null;
  }

  // points: [{ step, time, ... }] by increasing step.
  update(points) {
    const step = this.point?.step;
    const wasNewest = this.#at === this.#points.length - 1;
    this.#points = points;
    const same = points.findIndex((point) => point.step === step);
    this.#at = wasNewest || same < 0 ? points.length - 1 : same;
    this.#input.max = Math.max(0, points.length - 1);
    this.#input.disabled = points.length < 2;
    this.#show();
  }

  // The point nearest to a step.
  chooseStep(step) {
    let best = 0;
    this.#points.forEach((point, i) => {
      if (Math.abs(point.step - step) < Math.abs(this.#points[best].step - step)) best = i;
    });
    if (best !== this.#at) this.#choose(best);
  }

  move(by) {
    const to = Math.max(0, Math.min(this.#points.length - 1, this.#at + by));
    if (to !== this.#at) this.#choose(to);
  }

  #choose(at) {
    this.#at = at;
    this.#show();
    this.#onChange();
  }

  #show() {
    this.#input.value = this.#at;
    const { point } = this;
    const text = point ? `step ${format.step(point.step)}` : 'no steps';
    this.#input.setAttribute('aria-valuetext', point ? `${text}, ${format.dateTime(point.time)}` : text);
    this.#label.replaceChildren(element('span', {}, text), point ? element('span', { class: 'time' }, format.dateTime(point.time)) : '');
  }
}
