// How the values of one tag and run are spread, as percentiles over time.
import { drawBands } from './bands.js';
import { SpreadCard } from '../../page/parts/spread-card.js';

export class DistributionCard extends SpreadCard {
  constructor(page, spec, state) {
    super(page, spec, 'data/plugin/distributions/distributions');
    page.addPinButton(this, spec);
    page.addWidthButton(this, state);
  }

  read(rows) {
    const points = rows.map(([wallTime, step, values]) => ({ wallTime, step, values: values.map(([, value]) => value) }));
    return { data: points, count: points.length };
  }

  paint(chart, points, look, readout) {
    drawBands(chart, points, look, readout);
  }
}
