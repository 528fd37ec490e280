// "How is it going?": one training run on one page, for somebody who reads these words for the first time.
import { element } from '../../page/html.js';
import { LearningChart } from './learning-chart.js';
import { explained, figures, matrix, mistake, scores, sentence, settingsTable } from './pieces.js';
import { crossValidation, details, doubt, headline, LIVE, mood, STATES, timing } from './words.js';
import { reportKey, runName } from '../../page/run-name.js';

export const tab = {
  id: 'overview',
  title: 'Overview',
  plugins: [],
  isActive: async (board) => (await board.api.json('data/plugin/pupil/sessions')).length > 0,
};

const SESSION_KEY = 'session';
const LARGEST_MATRIX = 40;

// What a training run of Pupil writes at its end.
const RUN_REPORT = 'pupil-report.html';

// A training run that was killed tells nobody, so the page asks again while it seems to go on.
const LOOK_AGAIN_MILLIS = 2000;

export function mount(container, board) {
  const page = new OverviewPage(container, board);
  page.refresh();
  return page;
}

class OverviewPage {
  #board;
  #root = element('div', { class: 'overview', hidden: true });
  #none = element('p', { class: 'page-text note', hidden: true },
    'There is no training run in this folder. A training run is a folder with the runs “train” and “validation”, as Pupil and the Python scripts write them. The other pages show what there is.');
  #choice = element('select', { 'aria-label': 'Training run' });
  #chooser = element('label', { class: 'chooser', hidden: true }, 'Training run ', this.#choice);
  #state = element('span', { class: 'state-pill' });
  #headline = element('h2', { class: 'headline' });
  #details = element('p', { class: 'headline-details' });
  #bar = element('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Steps done', 'aria-valuemin': 0, 'aria-valuemax': 100 }, element('span', {}));
  #timing = element('p', { class: 'note' });
  #verdict = element('section', { class: 'card verdict', 'aria-live': 'polite' });
  #figures = element('section', { class: 'figures', 'aria-label': 'Figures' });
  #charts = element('section', { class: 'charts', 'aria-label': 'How it learns' });
  #accuracy = new LearningChart('Accuracy', { percent: true });
  #entropy = new LearningChart('Cross entropy', { percent: false });
  #confusion = element('section', { class: 'card part' });
  #mistakes = element('section', { class: 'part' });
  #settings = element('section', { class: 'part' });
  #drawn = new Map();
  #unsubscribe = [];
  #gone = false;
  #again = 0;

  constructor(container, board) {
    this.#board = board;
    this.#choice.addEventListener('change', () => {
      board.view.set(SESSION_KEY, this.#choice.value);
      this.refresh();
    });
    this.#root.append(
      element('section', { class: 'card hero' },
        element('div', { class: 'hero-top' }, this.#state, this.#chooser),
        this.#headline, this.#details, this.#bar, this.#timing),
      this.#verdict,
      this.#figures,
      this.#charts,
      this.#confusion, this.#mistakes, this.#settings);
    this.#charts.append(
      this.#chartCard(this.#accuracy, 'The share of photos that it gets right. Higher is better. The validation line is the one to watch: it shows photos that it does not learn from.'),
      this.#chartCard(this.#entropy, 'How wrong it is, with its confidence taken into account: 0 means right and certain, and confident mistakes cost most. Lower is better. If the validation line turns upwards while the training line still falls, it is overfitting.'));
    container.append(this.#none, this.#root);
    this.#unsubscribe.push(board.theme.onChange(() => this.#redraw()), board.view.onChange(() => this.refresh()));
  }

  #chartCard(chart, explanation) {
    return element('div', { class: 'card chart-card' }, chart.root, explained(explanation));
  }

  #redraw() {
    this.#accuracy.draw();
    this.#entropy.draw();
  }

  async refresh() {
    try {
      const sessions = await this.#board.api.json('data/plugin/pupil/sessions');
      if (this.#gone) return;
      this.#none.hidden = sessions.length > 0;
      if (sessions.length === 0) {
        this.#root.hidden = true;
        return;
      }
      const wanted = this.#board.view.get(SESSION_KEY, sessions[0]);
      const session = sessions.includes(wanted) ? wanted : sessions[0];
      this.#showChoice(sessions, session);
      const [answer, reports] = await Promise.all([
        this.#board.api.json('data/plugin/pupil/overview', { session }),
        this.#board.api.json('data/plugin/pupil/reports'),
      ]);
      if (this.#gone) return;
      // Not before: a frame without figures would look like a training run that has none.
      this.#root.hidden = false;
      this.#lookAgain(answer.state);
      const report = reports.find((one) => one.run === session && one.name === RUN_REPORT);
      await this.#show(answer, report && reportKey(report));
    } catch (error) {
      if (!this.#gone) this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
    clearTimeout(this.#again);
    this.#unsubscribe.forEach((end) => end());
    this.#accuracy.close();
    this.#entropy.close();
  }

  #lookAgain(state) {
    clearTimeout(this.#again);
    if (LIVE.has(state)) this.#again = setTimeout(() => this.refresh(), LOOK_AGAIN_MILLIS);
  }

  #showChoice(sessions, session) {
    this.#once('sessions', sessions, () => this.#choice.replaceChildren(
      ...sessions.map((name) => element('option', { value: name }, runName(name)))));
    this.#choice.value = session;
    this.#chooser.hidden = sessions.length < 2;
  }

  // Draws a part only when what it shows has changed, so that nothing flickers and focus stays.
  #once(name, value, draw) {
    const text = JSON.stringify(value ?? null);
    if (this.#drawn.get(name) === text) return;
    this.#drawn.set(name, text);
    draw();
  }

  async #show(answer, report) {
    const state = STATES[answer.state] ?? STATES.silent;
    this.#state.className = `state-pill ${answer.state}`;
    this.#state.replaceChildren(element('span', { 'aria-hidden': 'true' }, `${state.icon} `), state.word);
    this.#headline.textContent = headline(answer);
    this.#details.textContent = details(answer);
    this.#details.hidden = this.#details.textContent === '';
    this.#timing.textContent = timing(answer);
    this.#charts.hidden = Object.keys(answer.curves).length === 0;
    this.#showProgress(answer);
    this.#once('verdict', [answer.learning, answer.gap, answer.test], () => this.#showVerdict(answer));
    this.#once('figures', [answer.test, answer.curves, answer.photos], () => this.#figures.replaceChildren(...figures(answer)));
    this.#once('confusion', [answer.confusion, answer.labels], () => this.#showConfusion(answer));
    this.#once('mistakes', [answer.mistakes, answer.session, report], () => this.#showMistakes(answer, report));
    this.#once('settings', answer.settings, () => this.#showSettings(answer.settings));
    await Promise.all([
      this.#accuracy.show(this.#board, answer, 'accuracy'),
      this.#entropy.show(this.#board, answer, 'crossEntropy'),
    ]);
  }

  #showProgress(answer) {
    const photos = answer.looking;
    const part = photos ? photos.done / photos.total : answer.steps.part;
    const over = answer.state === 'finished';
    const unknown = part === undefined && !over;
    this.#bar.hidden = unknown && !LIVE.has(answer.state);
    this.#bar.classList.toggle('unknown', unknown);
    this.#bar.classList.toggle('over', over);
    const shown = over ? 1 : part ?? 0;
    this.#bar.firstChild.style.width = unknown ? '100%' : `${100 * shown}%`;
    if (unknown) this.#bar.removeAttribute('aria-valuenow');
    else this.#bar.setAttribute('aria-valuenow', Math.round(100 * shown));
  }

  #showVerdict(answer) {
    const learning = answer.learning;
    this.#verdict.hidden = !learning && !answer.gap;
    if (this.#verdict.hidden) return;
    this.#verdict.className = `card verdict ${mood(answer)}`;
    this.#verdict.replaceChildren(
      element('h3', {}, 'Does it learn well?'),
      ...[learning?.sentence, answer.gap, doubt(answer.test), crossValidation(answer.test)].filter(Boolean).map(sentence));
  }

  #showConfusion(answer) {
    this.#confusion.hidden = !answer.labels || answer.labels.length === 0;
    if (this.#confusion.hidden) return;
    const small = answer.confusion && answer.labels.length <= LARGEST_MATRIX;
    this.#confusion.replaceChildren(
      element('h3', {}, 'Confusion matrix'),
      explained('Which labels it mixes up: each row is what the test photos really are, each column what they were taken for. The blue squares are right. A strong orange square marks two labels that it mixes up: more photos of these help most.'),
      element('div', { class: 'beside' },
        small ? matrix(answer) : explained('With so many labels the matrix is a picture: see the page “Images”, pupil/confusion_matrix.'),
        element('div', {}, scores(answer),
          explained('Recall: of the photos that really have this label, the share that the model finds. Precision: of the photos that the model gives this label, the share that really has it.'))));
  }

  #showMistakes(answer, report) {
    this.#mistakes.hidden = !answer.mistakes;
    if (this.#mistakes.hidden) return;
    this.#mistakes.replaceChildren(
      element('h3', {}, 'Most confident mistakes'),
      explained(answer.mistakes.length === 0
        ? 'It made no mistake on the test photos.'
        : 'The test photos that it gets wrong and is most confident about, upright and whole; the network itself sees them stretched to a square. Often such a photo is in the wrong folder, or shows something that the others do not.'),
      element('ul', { class: 'mistakes' }, ...answer.mistakes.map((one) => mistake(one, this.#board, report))));
  }

  #showSettings(settings) {
    this.#settings.hidden = Object.keys(settings).length === 0;
    this.#settings.replaceChildren(
      element('details', { class: 'card', open: true },
        element('summary', {}, element('h3', {}, 'Settings')),
        explained('How it was trained. The same settings, photos and seed give the same classifier again.'),
        settingsTable(settings)));
  }
}
