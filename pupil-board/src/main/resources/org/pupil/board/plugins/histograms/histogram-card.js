// Histograms of one tag and run: all steps at once, one behind the other or on one line.
import { rebin, thinned } from './rebin.js';
import { drawRidges } from './ridges.js';
import { SpreadCard } from '../../page/parts/spread-card.js';

// More ridges than this are one black heap.
const MOST_RIDGES = 120;

export class HistogramCard extends SpreadCard {
  #state;
  #overlay;

  constructor(page, spec, state) {
    super(page, spec, 'data/plugin/histograms/histograms');
    this.#state = state;
    page.addPinButton(this, spec);
    this.#overlay = this.addButton('≡', 'All on one line', () => {
      state.overlay = !this.#isOverlay();
      this.#modeChanged();
    }, this.#isOverlay());
    page.addWidthButton(this, state);
  }

  optionChanged(key) {
    if (key === 'histogramMode') this.#modeChanged();
    else super.optionChanged(key);
  }

  // As this card was told, else as all are.
  #isOverlay() {
    return this.#state.overlay ?? this.page.options.get('histogramMode') === 'overlay';
  }

  #modeChanged() {
    this.#overlay.setAttribute('aria-pressed', this.#isOverlay());
    this.draw();
  }

  read(rows) {
    const steps = thinned(rows, MOST_RIDGES).map(([wallTime, step, buckets]) => ({ wallTime, step, buckets }));
    return { data: rebin(steps), count: steps.length };
  }

  paint(chart, binned, look, readout) {
    drawRidges(chart, binned, { ...look, mode: this.#isOverlay() ? 'overlay' : 'offset' }, readout);
  }
}
