// The frame of every card: its title, its buttons, its description, and room for what it shows.
import { element, sanitizedHtml } from '../html.js';
import { icon } from './icons.js';
import { runName } from '../run-name.js';

export class Card {
  element = element('article', { class: 'card data-card' });
  body = element('div', { class: 'card-body' });
  #buttons = element('div', { class: 'card-buttons' });
  #note = element('p', { class: 'note card-note', role: 'status' });
  #run = element('p', { class: 'card-run' });

  // title: said as text; description: HTML that the server made safe, or empty.
  constructor(title, subtitle, description) {
    const heading = element('h3', { title }, element('bdi', { dir: 'ltr' }, title));
    const run = subtitle ? runName(subtitle) : '';
    this.element.setAttribute('aria-label', run ? `${title}, ${run}` : title);
    this.element.append(
      element('header', { class: 'card-head' }, element('div', { class: 'card-titles' }, heading, this.#run), this.#buttons),
      this.body, this.#note);
    this.#run.hidden = !run;
    if (run) this.#run.textContent = run;
    if (description) this.#buttons.append(descriptionButton(description));
  }

  set colour(colour) {
    this.#run.style.setProperty('--run', colour);
    this.#run.classList.add('coloured');
  }

  // A button with a sign; `pressed` is null, or whether it is switched on.
  addButton(sign, title, onclick, pressed = null) {
    const button = element('button', { class: 'icon-button card-button', title, 'aria-label': title, onclick }, sign);
    if (pressed !== null) button.setAttribute('aria-pressed', pressed);
    this.#buttons.append(button);
    return button;
  }

  // A sentence below, such as how many of the points are shown; empty for none.
  note(sentence) {
    if (this.#note.textContent !== sentence) this.#note.textContent = sentence;
  }

  // Takes a sentence away, unless another is there by now.
  unnote(sentence) {
    if (this.#note.textContent === sentence) this.#note.textContent = '';
  }
}

function descriptionButton(html) {
  const panel = element('div', { class: 'card-description markdown' });
  sanitizedHtml(panel, html);
  return element('details', { class: 'card-info' },
    element('summary', { class: 'icon-button card-button', title: 'Description', 'aria-label': 'Description' }, icon('info')), panel);
}
