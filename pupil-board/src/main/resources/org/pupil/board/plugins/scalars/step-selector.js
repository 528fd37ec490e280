// The marker on a chart's axis of steps that can be dragged: one step, or two ends of a range.
import { element } from '../../page/html.js';
import { lowerBound } from '../../page/parts/columns.js';
import * as format from '../../page/parts/format.js';

export class StepSelector {
  #chart;
  #onSelect;
  #markers = [];
  #range = null;

  // onSelect: called with {from, to}; to is null for a single step.
  constructor(chart, onSelect) {
    this.#chart = chart;
    this.#onSelect = onSelect;
  }

  // Null takes the markers away.
  show(range) {
    this.#range = range;
    const wanted = range === null ? [] : range.to === null ? ['from'] : ['from', 'to'];
    if (wanted.length !== this.#markers.length || this.#markers.some((marker) => marker.parentNode !== this.#chart.over)) {
      this.#markers.forEach((marker) => marker.remove());
      this.#markers = wanted.map((end) => this.#marker(end));
    }
    this.#place();
  }

  // To be called after the chart was moved.
  #place() {
    this.#markers.forEach((marker, i) => {
      const value = i === 0 ? this.#range.from : this.#range.to;
      const pixel = this.#chart.xToPixel(value);
      marker.style.left = `${pixel}px`;
      marker.hidden = !(pixel >= -1 && pixel <= this.#chart.over.clientWidth + 1);
      marker.lastChild.textContent = format.step(value);
      marker.setAttribute('aria-valuenow', value);
      marker.setAttribute('aria-valuetext', `step ${format.step(value)}`);
    });
  }

  #marker(end) {
    const marker = element('div', {
      class: 'step-marker', role: 'slider', tabindex: 0,
      'aria-label': end === 'from' ? 'Selected step' : 'End of the selected steps',
    }, element('span', { class: 'step-flag' }));
    marker.addEventListener('pointerdown', (event) => {
      marker.setPointerCapture(event.pointerId);
      marker.classList.add('dragged');
      event.stopPropagation();
      event.preventDefault();
      marker.focus({ preventScroll: true });
    });
    marker.addEventListener('pointermove', (event) => {
      if (!marker.classList.contains('dragged')) return;
      event.stopPropagation();
      this.#move(end, this.#chart.pixelToX(event.clientX - this.#chart.over.getBoundingClientRect().left));
    });
    marker.addEventListener('pointerup', () => marker.classList.remove('dragged'));
    marker.addEventListener('lostpointercapture', () => marker.classList.remove('dragged'));
    marker.addEventListener('keydown', (event) => {
      const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (direction === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.#move(end, this.#neighbour(this.#range[end], direction));
    });
    this.#chart.over.append(marker);
    return marker;
  }

  #move(end, x) {
    const range = { ...this.#range, [end]: this.#nearestStep(x) };
    if (range.to !== null && range.from > range.to) range[end === 'from' ? 'from' : 'to'] = end === 'from' ? range.to : range.from;
    if (range.from !== this.#range.from || range.to !== this.#range.to) this.#onSelect(range);
  }

  // The step of any line that is nearest.
  #nearestStep(x) {
    let best = Math.round(x);
    let distance = Infinity;
    for (const { series } of this.#chart.lines) {
      const { steps } = series;
      const next = lowerBound(steps, x);
      for (const i of [next - 1, next]) {
        if (i >= 0 && i < steps.length && Math.abs(steps[i] - x) < distance) {
          distance = Math.abs(steps[i] - x);
          best = steps[i];
        }
      }
    }
    return best;
  }

  #neighbour(step, direction) {
    let best = step;
    for (const { series } of this.#chart.lines) {
      for (const candidate of series.steps) {
        const isBeyond = direction > 0 ? candidate > step : candidate < step;
        if (isBeyond && (best === step || Math.abs(candidate - step) < Math.abs(best - step))) best = candidate;
      }
    }
    return best;
  }
}
