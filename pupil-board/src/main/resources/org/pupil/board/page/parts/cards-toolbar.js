// The controls above the cards.
import { element } from '../html.js';
import { ORDERS } from './tooltip-order.js';

const AXES = { step: 'Step', relative: 'Relative', wall: 'Wall time' };
const HISTOGRAM_MODES = { offset: 'One behind the other', overlay: 'On one line' };
const STEP_SELECTION = { off: 'off', single: 'one step', range: 'a range' };
const ROWS = { 5: '5', 10: '10', 20: '20', 0: 'all' };

export class CardsToolbar {
  #options;
  #refreshers = [];
  element = element('div', { class: 'cards-toolbar' });

  // kinds: ids of the kinds of cards; first: what stands before all else; extra: what belongs to the settings, or null;
  // timeAxisOption: where the axis of time is kept.
  constructor(options, kinds, first, extra, timeAxisOption) {
    this.#options = options;
    const row = element('div', { class: 'toolbar-row' }, ...first);
    const settings = element('div', { class: 'toolbar-settings' });
    if (kinds.includes('scalars')) {
      row.append(this.#smoothing(), this.#segments('Horizontal axis', timeAxisOption, AXES));
      settings.append(
        element('fieldset', {}, element('legend', {}, 'Scalars'), this.#check('ignoreOutliers', 'Ignore outliers when scaling')),
        element('fieldset', {}, element('legend', {}, 'Tooltip'), this.#select('tooltipOrder', 'Order', ORDERS), this.#select('tooltipRows', 'Rows', ROWS)),
        element('fieldset', {}, element('legend', {}, 'Steps'), this.#select('stepSelection', 'Select', STEP_SELECTION), this.#check('linkSteps', 'Link by step')));
    }
    if (timeAxisOption === 'histogramAxis') {
      if (kinds.includes('histograms')) row.append(this.#segments('Histograms', 'histogramMode', HISTOGRAM_MODES));
      row.append(this.#segments('Time axis', timeAxisOption, AXES));
    }
    if (kinds.includes('images')) {
      settings.append(element('fieldset', {}, element('legend', {}, 'Images'),
        this.#slider('brightness', 'Brightness', 2), this.#slider('contrast', 'Contrast', 5), this.#check('actualSize', 'Actual size'),
        ...(kinds.includes('scalars') ? [] : [this.#check('linkSteps', 'Link by step')])));
    }
    if (extra !== null) settings.append(extra);
    this.element.append(row);
    if (settings.children.length > 0) {
      row.append(element('button', {
        class: 'settings-toggle', 'aria-expanded': false, 'aria-controls': 'card-settings',
        onclick: (event) => {
          settings.hidden = !settings.hidden;
          event.currentTarget.setAttribute('aria-expanded', !settings.hidden);
        },
      }, 'Settings'));
      settings.id = 'card-settings';
      settings.hidden = true;
      this.element.append(settings);
    }
    options.onChange(() => this.#refreshers.forEach((refresh) => refresh()));
  }

  #bind(refresh) {
    this.#refreshers.push(refresh);
    refresh();
  }

  #smoothing() {
    const range = element('input', { type: 'range', min: 0, max: 0.999, step: 0.001, 'aria-label': 'Smoothing' });
    const field = element('input', { type: 'number', min: 0, max: 0.999, step: 0.01, 'aria-label': 'Smoothing as a number' });
    range.addEventListener('input', () => this.#options.set('smoothing', Number(range.value)));
    field.addEventListener('change', () => this.#options.set('smoothing', Math.min(0.999, Math.max(0, Number(field.value) || 0))));
    this.#bind(() => {
      const value = this.#options.get('smoothing');
      range.value = value;
      if (document.activeElement !== field || Number(field.value) !== value) field.value = value;
    });
    return element('div', { class: 'smoothing', role: 'group', 'aria-label': 'Smoothing' }, element('span', {}, 'Smoothing'), range, field);
  }

  #segments(name, key, choices) {
    const buttons = Object.entries(choices).map(([value, title]) => element('button', { onclick: () => this.#options.set(key, value), 'data-value': value }, title));
    this.#bind(() => buttons.forEach((button) => button.setAttribute('aria-pressed', button.dataset.value === this.#options.get(key))));
    return element('div', { class: 'segments', role: 'group', 'aria-label': name }, ...buttons);
  }

  #check(key, title) {
    const box = element('input', { type: 'checkbox' });
    box.addEventListener('change', () => this.#options.set(key, box.checked));
    this.#bind(() => (box.checked = this.#options.get(key)));
    return element('label', {}, box, title);
  }

  #select(key, title, choices) {
    const select = element('select', {}, ...Object.entries(choices).map(([value, text]) => element('option', { value }, text)));
    select.addEventListener('change', () => this.#options.set(key, select.value));
    this.#bind(() => (select.value = this.#options.get(key)));
    return element('label', {}, title, select);
  }

  #slider(key, title, max) {
    const range = element('input', { type: 'range', min: 0, max, step: 0.05 });
    const reset = element('button', { class: 'link-button', onclick: () => this.#options.set(key, 1), 'aria-label': `Reset ${title.toLowerCase()}` }, 'reset');
    range.addEventListener('input', () => this.#options.set(key, Number(range.value)));
    this.#bind(() => {
      range.value = this.#options.get(key);
      reset.style.visibility = this.#options.get(key) === 1 ? 'hidden' : '';
    });
    return element('span', { class: 'slider' }, element('label', {}, title, range), reset);
  }
}
