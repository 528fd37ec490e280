// "How is it going?": one teaching on one page, for somebody who reads these words for the first time.
import { element } from '../html.js';
import { LearningChart } from './overview-chart.js';

export const tab = {
  id: 'overview',
  title: 'Overview',
  plugins: [],
  css: true,
  isActive: async (board) => (await board.api.json('data/plugin/pupil/sessions')).length > 0,
};

const SESSION_KEY = 'session';
const LARGEST_MATRIX = 40;

const percent = (part, digits = 1) => (Number.isFinite(part) ? `${(100 * part).toFixed(digits)} %` : '–');
const whole = (number) => Number(number).toLocaleString('en');
const plural = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;

function duration(seconds) {
  const s = Math.round(seconds);
  if (s < 1) return 'less than a second';
  if (s < 90) return plural(s, 'second', 'seconds');
  if (s < 90 * 60) return plural(Math.round(s / 60), 'minute', 'minutes');
  if (s < 36 * 3600) return plural(Math.round(s / 3600), 'hour', 'hours');
  return plural(Math.round(s / 86400), 'day', 'days');
}

const STATES = {
  running: { word: 'Learning', icon: '●' },
  finishing: { word: 'Finishing', icon: '●' },
  finished: { word: 'Finished', icon: '✓' },
  failed: { word: 'Broken off', icon: '✕' },
  silent: { word: 'Silent', icon: '–' },
};

// What the sentence about the learning is like.
const MOODS = {
  diverged: 'bad',
  too_early: 'neutral',
  overfits: 'warn',
  stopped: 'neutral',
  improving: 'good',
  converged: 'good',
};

// --- the sentence at the top ---------------------------------------------------------------------

function headline(answer) {
  const test = answer.test;
  if (test) {
    const right = Math.round(test.accuracy * test.photos);
    return `It is right on ${whole(right)} of ${whole(test.photos)} photos that it had never seen: ${percent(test.accuracy)}.`;
  }
  const watched = answer.curves.validation?.accuracy;
  const known = watched ? ` It is now right on ${percent(watched.recent, 0)} of photos that it does not learn from.` : '';
  if (answer.state === 'running') {
    const left = answer.steps.secondsLeft;
    return left === undefined ? `It is learning.${known}` : `It is learning: ${duration(left)} to go.${known}`;
  }
  if (answer.state === 'finishing') return 'All steps are done: it is now tried on the photos that were kept aside for the end.';
  if (answer.state === 'failed') return 'The teaching broke off before its end.';
  if (answer.state === 'silent') {
    return answer.lastEvent === undefined ? 'Nothing was written yet.' : `Nothing was written for ${duration(answer.now - answer.lastEvent)}.${known.replace('is now', 'was then')}`;
  }
  return `The teaching is over.${known.replace('is now', 'was then')}`;
}

function timing(answer) {
  const parts = [];
  const { done, total, perSecond } = answer.steps;
  parts.push(total === undefined ? `${plural(done, 'step', 'steps')} done` : `step ${whole(done)} of ${whole(total)}`);
  if (answer.state === 'running' && perSecond !== undefined) {
    parts.push(perSecond >= 10 ? `${whole(Math.round(perSecond))} steps a second` : `${perSecond.toFixed(1)} steps a second`);
  }
  if (answer.started !== undefined) {
    parts.push(`begun ${new Date(1000 * answer.started).toLocaleString()}`);
    if (answer.state !== 'running' && answer.lastEvent > answer.started) parts.push(`took ${duration(answer.lastEvent - answer.started)}`);
  }
  if (answer.backbone) parts.push(`with ${answer.backbone}`);
  return parts.join(' · ');
}

// --- parts of the page ---------------------------------------------------------------------------

function explained(text) {
  return element('p', { class: 'explain' }, text);
}

function figure(name, value, note, explanation, extra) {
  return element('div', { class: 'card figure' },
    element('h3', {}, name),
    element('p', { class: 'value' }, value),
    extra,
    note ? element('p', { class: 'figure-note' }, note) : null,
    explained(explanation));
}

// Where the accuracy lies on new photos, as a bar from 0 to 100 %.
function intervalBar(test) {
  const bar = element('div', { class: 'interval', role: 'img', 'aria-label': `from ${percent(test.low)} to ${percent(test.high)}` },
    element('span', { class: 'range' }), element('span', { class: 'point' }));
  const [range, point] = bar.children;
  range.style.left = `${100 * test.low}%`;
  range.style.width = `${100 * (test.high - test.low)}%`;
  point.style.left = `${100 * test.accuracy}%`;
  return bar;
}

const since = (curve) => (curve.recentSince === curve.step ? `at step ${whole(curve.step)}` : `mean of steps ${whole(curve.recentSince)} to ${whole(curve.step)}`);

function figures(answer) {
  const all = [];
  const { test, photos } = answer;
  const { train, validation } = answer.curves;
  if (test) {
    all.push(figure('Test accuracy', percent(test.accuracy), `on new photos like these: ${percent(test.low)} to ${percent(test.high)}`,
      'The share it gets right of photos that were kept aside until the end. Since they are few, new photos may do a little better or worse: 19 times out of 20 within the bar.',
      intervalBar(test)));
  }
  if (validation?.accuracy) {
    all.push(figure('Validation accuracy', percent(validation.accuracy.recent), since(validation.accuracy),
      'The share it gets right of photos that it does not learn from. They watch the teaching while it goes on.'));
  }
  if (train?.accuracy) {
    all.push(figure('Training accuracy', percent(train.accuracy.recent), since(train.accuracy),
      'The share it gets right of the photos that it learns from. Much higher than the validation accuracy means: it learns them by heart.'));
  }
  if (photos) {
    all.push(figure('Photos', whole(photos.training + photos.validation + photos.testing),
      `${whole(photos.training)} teach · ${whole(photos.validation)} watch · ${whole(photos.testing)} judge`,
      'Each photo has one task only. What a photo teaches it could not judge: that would be like an exam whose questions one knows.'));
  }
  return all;
}

function matrix(answer) {
  const labels = answer.labels.map((one) => one.label);
  const rows = answer.confusion;
  const table = element('table', { class: 'confusion' },
    element('caption', { class: 'visually-hidden' }, 'Confusion matrix: rows are true labels, columns predicted ones'),
    element('thead', {},
      element('tr', {}, element('td'), element('th', { colspan: labels.length, scope: 'colgroup', class: 'axis' }, 'was taken for')),
      element('tr', {}, element('th', { scope: 'col', class: 'axis corner' }, 'is really'), ...labels.map((label) => element('th', { scope: 'col' }, label)))),
    element('tbody', {}, ...rows.map((counts, truth) => {
      const photos = counts.reduce((sum, count) => sum + count, 0);
      return element('tr', {},
        element('th', { scope: 'row' }, labels[truth]),
        ...counts.map((count, predicted) => {
          const share = photos === 0 ? 0 : count / photos;
          const right = truth === predicted;
          const cell = element('td', {
            class: `${right ? 'right' : 'wrong'}${count === 0 ? ' none' : ''}${share > 0.6 ? ' strong' : ''}`,
            title: `${plural(count, 'photo', 'photos')} of ${labels[truth]} taken for ${labels[predicted]} (${percent(share, 0)})`,
          }, whole(count));
          cell.style.setProperty('--share', count === 0 ? 0 : Math.max(0.08, share));
          return cell;
        }));
    })));
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' }, table);
}

function scores(answer) {
  return element('div', { class: 'scroll' }, element('table', { class: 'table scores' },
    element('thead', {}, element('tr', {},
      element('th', { scope: 'col' }, 'Label'), ...['Photos', 'Found', 'Right when said'].map((title) => element('th', { scope: 'col', class: 'number' }, title)))),
    element('tbody', {}, ...answer.labels.map((one) => element('tr', {},
      element('th', { scope: 'row' }, one.label),
      element('td', { class: 'number' }, whole(one.photos)),
      element('td', { class: 'number' }, one.recall === null ? '–' : percent(one.recall, 0)),
      element('td', { class: 'number' }, one.precision === null ? '–' : percent(one.precision, 0)))))));
}

function mistake(one, board) {
  const certainty = element('span', { class: 'certainty' }, element('span', {}));
  certainty.firstChild.style.width = `${100 * one.probability}%`;
  return element('li', { class: 'card mistake' },
    one.blob_key
      ? element('img', { src: board.api.url('data/plugin/images/individualImage', { blob_key: one.blob_key }), alt: one.photo, loading: 'lazy', width: 132, height: 132 })
      : element('div', { class: 'no-image' }, 'no picture'),
    element('div', { class: 'mistake-text' },
      element('p', {}, 'is ', element('strong', { class: 'truth' }, one.label)),
      element('p', {}, 'taken for ', element('strong', { class: 'predicted' }, one.predicted)),
      certainty,
      element('p', { class: 'figure-note' }, `${percent(one.probability, 0)} sure`),
      element('p', { class: 'path', title: one.photo }, one.photo)));
}

function settingsTable(settings) {
  return element('div', { class: 'scroll' }, element('table', { class: 'table settings' },
    element('thead', { class: 'visually-hidden' }, element('tr', {}, element('th', { scope: 'col' }, 'Setting'), element('th', { scope: 'col' }, 'Value'))),
    element('tbody', {}, ...Object.entries(settings).map(([name, value]) => element('tr', {},
      element('th', { scope: 'row' }, name), element('td', { class: 'path' }, value))))));
}

// --- the page ------------------------------------------------------------------------------------

export function mount(container, board) {
  const page = new OverviewPage(container, board);
  page.refresh();
  return page;
}

class OverviewPage {
  #board;
  #root = element('div', { class: 'overview', hidden: true });
  #none = element('p', { class: 'page-text note', hidden: true },
    'There is no teaching in this folder: that would be a folder with the runs “train” and “validation”, as Pupil and the Python scripts write them. The other pages show what there is.');
  #choice = element('select', { 'aria-label': 'Teaching' });
  #chooser = element('label', { class: 'chooser', hidden: true }, 'Teaching ', this.#choice);
  #state = element('span', { class: 'state-pill' });
  #headline = element('h2', { class: 'headline' });
  #bar = element('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Steps done', 'aria-valuemin': 0, 'aria-valuemax': 100 }, element('span', {}));
  #timing = element('p', { class: 'note' });
  #verdict = element('section', { class: 'card verdict', 'aria-live': 'polite' });
  #figures = element('section', { class: 'figures', 'aria-label': 'Figures' });
  #accuracy = new LearningChart('Accuracy', { percent: true });
  #entropy = new LearningChart('Cross entropy', { percent: false });
  #confusion = element('section', { class: 'card part' });
  #mistakes = element('section', { class: 'part' });
  #settings = element('section', { class: 'part' });
  #drawn = new Map();
  #unsubscribe = [];
  #gone = false;

  constructor(container, board) {
    this.#board = board;
    this.#choice.addEventListener('change', () => {
      board.view.set(SESSION_KEY, this.#choice.value);
      this.refresh();
    });
    this.#root.append(
      element('section', { class: 'card hero' },
        element('div', { class: 'hero-top' }, this.#state, this.#chooser),
        this.#headline, this.#bar, this.#timing),
      this.#verdict,
      this.#figures,
      element('section', { class: 'charts', 'aria-label': 'How it learns' },
        this.#chartCard(this.#accuracy, 'The share of photos that it gets right. Going up is good. The validation line counts: it is of photos that it does not learn from.'),
        this.#chartCard(this.#entropy, 'How wrong it is, its certainty counted too: 0 is right and sure, and to be wrong and sure costs most. Going down is good. When the validation line turns upwards while the training line still falls, it overfits.')),
      this.#confusion, this.#mistakes, this.#settings);
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
      this.#root.hidden = sessions.length === 0;
      this.#none.hidden = sessions.length > 0;
      if (sessions.length === 0) return;
      const wanted = this.#board.view.get(SESSION_KEY, sessions[0]);
      const session = sessions.includes(wanted) ? wanted : sessions[0];
      this.#showChoice(sessions, session);
      const answer = await this.#board.api.json('data/plugin/pupil/overview', { session });
      await this.#show(answer);
    } catch (error) {
      if (!this.#gone) this.#board.say(error.message);
    }
  }

  unmount() {
    this.#gone = true;
    this.#unsubscribe.forEach((end) => end());
    this.#accuracy.close();
    this.#entropy.close();
  }

  #showChoice(sessions, session) {
    this.#once('sessions', sessions, () => this.#choice.replaceChildren(
      ...sessions.map((name) => element('option', { value: name }, name === '.' ? 'in the folder itself' : name))));
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

  async #show(answer) {
    const state = STATES[answer.state] ?? STATES.silent;
    this.#state.className = `state-pill ${answer.state}`;
    this.#state.replaceChildren(element('span', { 'aria-hidden': 'true' }, `${state.icon} `), state.word);
    this.#headline.textContent = headline(answer);
    this.#timing.textContent = timing(answer);
    this.#showProgress(answer);
    this.#once('verdict', [answer.learning, answer.gap], () => this.#showVerdict(answer));
    this.#once('figures', [answer.test, answer.curves, answer.photos], () => this.#figures.replaceChildren(...figures(answer)));
    this.#once('confusion', [answer.confusion, answer.labels], () => this.#showConfusion(answer));
    this.#once('mistakes', [answer.mistakes, answer.session], () => this.#showMistakes(answer));
    this.#once('settings', answer.settings, () => this.#showSettings(answer.settings));
    await Promise.all([
      this.#accuracy.show(this.#board, answer, 'accuracy'),
      this.#entropy.show(this.#board, answer, 'crossEntropy'),
    ]);
  }

  #showProgress(answer) {
    const part = answer.steps.part;
    const over = answer.state === 'finished';
    const unknown = part === undefined && !over;
    this.#bar.hidden = unknown && answer.state !== 'running';
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
    const mood = MOODS[learning?.kind] ?? 'neutral';
    this.#verdict.className = `card verdict ${answer.gap && mood === 'good' ? 'warn' : mood}`;
    this.#verdict.replaceChildren(
      element('h3', {}, 'Does it learn well?'),
      ...[learning?.sentence, answer.gap].filter(Boolean).map((sentence) => element('p', {}, sentence)));
  }

  #showConfusion(answer) {
    this.#confusion.hidden = !answer.labels || answer.labels.length === 0;
    if (this.#confusion.hidden) return;
    const small = answer.confusion && answer.labels.length <= LARGEST_MATRIX;
    this.#confusion.replaceChildren(
      element('h3', {}, 'What is taken for what'),
      explained('Each row is what the test photos really are, each column what they were taken for. The blue squares are right. A strong orange square names two labels that it mixes up: more photos of these help most.'),
      element('div', { class: 'beside' },
        small ? matrix(answer) : explained('With so many labels the matrix is a picture: see the page “Images”, pupil/confusion_matrix.'),
        element('div', {}, scores(answer),
          explained('Found: of the photos of a label, the share that it recognised (recall). Right when said: of the photos that it gave this label, the share that has it (precision).'))));
  }

  #showMistakes(answer) {
    this.#mistakes.hidden = !answer.mistakes;
    if (this.#mistakes.hidden) return;
    this.#mistakes.replaceChildren(
      element('h3', {}, 'Where it is surest and wrong'),
      explained(answer.mistakes.length === 0
        ? 'It made no mistake on the test photos.'
        : 'The test photos that it gets wrong with the largest certainty, as it sees them: upright and stretched to a square. Often such a photo lies in the wrong folder, or shows something that the others do not.'),
      element('ul', { class: 'mistakes' }, ...answer.mistakes.map((one) => mistake(one, this.#board))));
  }

  #showSettings(settings) {
    this.#settings.hidden = Object.keys(settings).length === 0;
    this.#settings.replaceChildren(
      element('details', { class: 'card', open: true },
        element('summary', {}, element('h3', {}, 'Settings')),
        explained('How it was taught. The same settings, photos and seed give the same classifier again.'),
        settingsTable(settings)));
  }
}
