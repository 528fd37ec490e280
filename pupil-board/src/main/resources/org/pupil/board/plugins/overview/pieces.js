// The pieces of the overview, each made from the server's answer.
import { element } from '../../page/html.js';
import * as format from '../../page/parts/format.js';
import { percent, plural, rangeInWords } from './words.js';

// A number and its sign stand in one line.
function together(text) {
  return text.replace(' ', '\u00a0');
}

// A sentence whose flags do not break at their dashes.
export function sentence(text) {
  return element('p', {}, ...text.split(/(--[a-z_]+(?: \d+)?)/).map((part, i) => (i % 2 === 1 ? element('span', { class: 'flag' }, part) : part)));
}

export function explained(text) {
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

const since = (curve) => (curve.recentSince === curve.step ? `at step ${format.count(curve.step)}` : `mean of steps ${format.count(curve.recentSince)} to ${format.count(curve.step)}`);

export function figures(answer) {
  const all = [];
  const { test, photos } = answer;
  const { train, validation } = answer.curves;
  if (test) {
    all.push(figure('Test accuracy', percent(test.accuracy), `on new photos like these: ${together(percent(test.low))} to ${together(percent(test.high))}`,
      `The share of photos it gets right among those held back until the end. ${rangeInWords(test)}`,
      intervalBar(test)));
  }
  if (validation?.accuracy) {
    all.push(figure('Validation accuracy', percent(validation.accuracy.recent), since(validation.accuracy),
      'The share of photos it gets right among those that it does not learn from. It shows the progress during training.'));
  }
  if (train?.accuracy) {
    all.push(figure('Training accuracy', percent(train.accuracy.recent), since(train.accuracy),
      'The share of photos it gets right among those that it learns from. If this is much higher than the validation accuracy, it learns them by heart. Here each step is measured before it changes the layer. The terminal shows the accuracy after the change, so its first line is often far better.'));
  }
  if (photos) {
    all.push(figure('Photos', format.count(photos.training + photos.validation + photos.testing),
      `${format.count(photos.training)} training · ${format.count(photos.validation)} validation · ${format.count(photos.testing)} test`,
      'Each photo has only one task. A photo that the layer learns from cannot test it: that would be like an exam whose questions you already know.'));
  }
  return all;
}

export function matrix(answer) {
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
          }, format.count(count));
          cell.style.setProperty('--share', count === 0 ? 0 : Math.max(0.08, share));
          return cell;
        }));
    })));
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' }, table);
}

export function scores(answer) {
  return element('div', { class: 'scroll' }, element('table', { class: 'table scores' },
    element('thead', {}, element('tr', {},
      element('th', { scope: 'col' }, 'Label'), ...['Photos', 'Recall', 'Precision'].map((title) => element('th', { scope: 'col', class: 'number' }, title)))),
    element('tbody', {}, ...answer.labels.map((one) => element('tr', {},
      element('th', { scope: 'row' }, one.label),
      element('td', { class: 'number' }, format.count(one.photos)),
      element('td', { class: 'number' }, one.recall === null ? '–' : percent(one.recall, 0)),
      element('td', { class: 'number' }, one.precision === null ? '–' : percent(one.precision, 0)))))));
}

// The same as EvaluationReport.anchor makes of a photo's name.
export function anchor(photo) {
  const bytes = [...new TextEncoder().encode(photo)];
  return `mistake-${bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  }).join('')}`;
}

// report: that of the training run, as it stands in the address; undefined if there is none.
export function mistake(one, board, report) {
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
      report ? element('p', {}, element('a', { href: `#reports&${new URLSearchParams({ report, at: anchor(one.photo) })}` }, 'Why?')) : null,
      element('p', { class: 'path', title: one.photo }, one.photo)));
}

export function settingsTable(settings) {
  return element('div', { class: 'scroll' }, element('table', { class: 'table settings' },
    element('thead', { class: 'visually-hidden' }, element('tr', {}, element('th', { scope: 'col' }, 'Setting'), element('th', { scope: 'col' }, 'Value'))),
    element('tbody', {}, ...Object.entries(settings).map(([name, value]) => element('tr', {},
      element('th', { scope: 'row' }, name), element('td', { class: 'path' }, value))))));
}
