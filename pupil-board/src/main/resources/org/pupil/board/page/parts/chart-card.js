// A card of one tag with a chart: a line for each shown run that has the tag. The chart is there only while the card is in sight.
import { element } from '../html.js';
import { Card } from './card.js';
import { LineChart } from './line-chart.js';
import { onceAFrame } from './options.js';

export class ChartCard extends Card {
  page;
  spec;
  chart = null;
  plot = element('div', { class: 'chart' });
  #dots = element('div', { class: 'chart-dots', 'aria-hidden': 'true' });
  draw = onceAFrame(() => this.#draw());
  #pointer = null;

  // page: what cards share. A kind of card writes `update()`, `drawNow()`, and `pointed(pointer)`, which answers what the tooltip
  // says, { columns, rows, more }, and which points get a dot, [{ line, index }].
  constructor(page, spec) {
    super(spec.title, '', spec.description);
    this.page = page;
    this.spec = spec;
  }

  // Comes into sight.
  show() {
    this.chart = new LineChart(this.plot);
    this.chart.onHover = (pointer) => this.#hover(pointer);
    this.chart.onView = () => this.viewChanged();
    this.update();
  }

  hide() {
    this.#hover(null);
    this.chart?.destroy();
    this.chart = null;
    this.plot.replaceChildren();
  }

  // A person zoomed, moved or reset.
  viewChanged() {
    this.#hover(null);
  }

  // Other runs have this tag now.
  runsChanged(runsOf) {
    const runs = runsOf.get(this.spec.id);
    if (runs) this.spec = { ...this.spec, runs };
  }

  optionChanged() {
    this.draw();
  }

  themeChanged() {
    this.chart?.redrawInTheme();
    this.draw();
  }

  // The visible runs that have this tag.
  get runs() {
    return this.page.board.runs.visible().filter((run) => this.spec.runs.has(run));
  }

  // In words, for those who do not see the chart.
  describeChart(sentence) {
    const { over } = this.chart;
    if (over === null) return;
    over.tabIndex = 0;
    over.setAttribute('role', 'group');
    over.setAttribute('aria-label', sentence);
  }

  #draw() {
    if (this.chart === null) return;
    this.drawNow();
    // What is under a pointer that rests may be different now.
    if (this.#pointer !== null && this.chart.over !== null) this.#hover(this.#pointer);
  }

  #hover(pointer) {
    this.#pointer = pointer;
    const { tooltip } = this.page;
    if (pointer === null || this.chart.lines.length === 0) {
      if (this.#dots.parentNode !== null) {
        this.#dots.remove();
        tooltip.hide();
      }
      return;
    }
    const { columns, rows, more, points } = this.pointed(pointer);
    tooltip.show(pointer.clientX, pointer.clientY, columns, rows, more);
    this.#dots.replaceChildren(...points.map(({ line, index }) => {
      const dot = element('span');
      dot.style.cssText = `left:${this.chart.xToPixel(line.xs[index])}px;top:${this.chart.yToPixel(line.ys[index])}px;background:${line.colour}`;
      return dot;
    }));
    if (this.#dots.parentNode !== this.chart.over) this.chart.over.append(this.#dots);
  }
}
