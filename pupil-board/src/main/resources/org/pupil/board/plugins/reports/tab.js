// Results as pages: what a training run came to, and what check, evaluate and explain wrote into the folder with --report.
import { element } from '../../page/html.js';
import { reportKey, runName } from '../../page/run-name.js';

export const tab = { id: 'reports', title: 'Reports', plugins: ['reports'] };

const REPORT_KEY = 'report';
const PLACE_KEY = 'at';

export function mount(container, board) {
  const page = new ReportsPage(container, board);
  page.refresh();
  return page;
}

class ReportsPage {
  #board;
  #choice = element('select', { 'aria-label': 'Report' });
  #alone = element('a', { target: '_blank', rel: 'noopener noreferrer' }, 'Open alone');
  #head = element('div', { class: 'report-head', hidden: true }, element('label', {}, 'Report ', this.#choice), this.#alone);
  #none = element('div', { class: 'page-text', hidden: true },
    element('p', {}, 'There is no report in this folder. pupil retrain writes one at its end. So do pupil check, pupil evaluate and pupil explain if --report names a file in the folder that the board shows.'));
  #frame = null;
  #shown = '';
  #unsubscribe;
  #gone = false;

  constructor(container, board) {
    this.#board = board;
    container.append(this.#head, this.#none);
    this.#choice.addEventListener('change', () => {
      board.view.set(REPORT_KEY, this.#choice.value);
      board.view.set(PLACE_KEY, '');
      this.refresh();
    });
    this.#unsubscribe = board.view.onChange(() => this.refresh());
  }

  async refresh() {
    try {
      const reports = await this.#board.api.json('data/plugin/pupil/reports');
      if (!this.#gone) this.#show(reports);
    } catch (error) {
      if (!this.#gone) this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
    this.#unsubscribe();
  }

  #show(reports) {
    this.#none.hidden = reports.length > 0;
    this.#head.hidden = reports.length === 0;
    if (reports.length === 0) {
      this.#frame?.remove();
      this.#shown = '';
      return;
    }
    const wanted = this.#board.view.get(REPORT_KEY, '');
    const report = reports.find((one) => reportKey(one) === wanted) ?? reports[0];
    this.#choice.replaceChildren(...reports.map((one) => element('option', { value: reportKey(one) }, this.#inWords(one))));
    this.#choice.value = reportKey(report);
    const place = this.#board.view.get(PLACE_KEY, '');
    const address = this.#board.api.url('data/plugin/pupil/report', { run: report.run, name: report.name });
    this.#alone.href = address;
    // One that was written anew is loaded anew.
    const shown = JSON.stringify([report, place]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#frame?.remove();
    this.#frame = element('iframe', { sandbox: '', src: place ? `${address}#${place}` : address, title: this.#inWords(report) });
    this.#head.after(this.#frame);
  }

  #inWords(report) {
    return `${runName(report.run)}: ${report.title} (${report.name}, ${new Date(1000 * report.written).toLocaleString()})`;
  }
}
