// How a training run goes, in words and numbers for somebody who reads them for the first time.
import * as format from '../../page/parts/format.js';

export const percent = (part, digits = 1) => (Number.isFinite(part) ? `${(100 * part).toFixed(digits)} %` : '–');
export const plural = (count, one, many) => `${format.count(count)} ${count === 1 ? one : many}`;

function duration(seconds) {
  const s = Math.round(seconds);
  if (s < 1) return 'less than a second';
  if (s < 90) return plural(s, 'second', 'seconds');
  if (s < 90 * 60) return plural(Math.round(s / 60), 'minute', 'minutes');
  if (s < 36 * 3600) return plural(Math.round(s / 3600), 'hour', 'hours');
  return plural(Math.round(s / 86400), 'day', 'days');
}

// The states of a training run.
export const STATES = {
  preparing: { word: 'Preparing', icon: '●' },
  looking: { word: 'Reading photos', icon: '●' },
  running: { word: 'Learning', icon: '●' },
  finishing: { word: 'Finishing', icon: '●' },
  finished: { word: 'Finished', icon: '✓' },
  failed: { word: 'Failed', icon: '✕' },
  stopped: { word: 'Stopped', icon: '■' },
  lost: { word: 'Ended unfinished', icon: '✕' },
  silent: { word: 'No news', icon: '–' },
};

// Those in which something goes on.
export const LIVE = new Set(['preparing', 'looking', 'running', 'finishing']);

// Those whose headline is what the training run said itself.
const TOLD = new Set(Object.keys(STATES).filter((state) => !['preparing', 'looking', 'lost'].includes(state)));

// What the sentence about the learning is like.
export const MOODS = {
  diverged: 'bad',
  too_early: 'neutral',
  overfits: 'warn',
  stopped: 'neutral',
  improving: 'good',
  converged: 'good',
  all_right: 'good',
};

const NARROW = 0.1;
const WIDE = 0.2;

// How much the test accuracy says of new photos: precise, rough or vague, by the width of its range.
export function certainty({ low, high }) {
  const width = high - low;
  return width <= NARROW ? 'precise' : width <= WIDE ? 'rough' : 'vague';
}

// What the range means, in proportion to its width.
export function rangeInWords(test) {
  const few = `only ${plural(test.photos, 'photo', 'photos')}`;
  return {
    precise: 'On new photos it may be a little higher or lower: 19 times out of 20 it is within the bar.',
    rough: 'On new photos it may well be a few percent higher or lower: 19 times out of 20 it is within the bar.',
    vague: `As a figure for ${few} it says little: on new photos it may be very different, 19 times out of 20 within the bar.`,
  }[certainty(test)];
}

// Why nobody should trust a good word about the learning yet; null where the test says enough.
export function doubt(test) {
  if (!test || certainty(test) !== 'vague') return null;
  return `This does not say how good it is on new photos: ${plural(test.photos, 'test photo tells', 'test photos tell')} only that it is between ${percent(test.low)} and ${percent(test.high)}. `
    + 'To know more, add photos, or hold back more of them for the test: --testing_percentage 30.';
}

// The better figure where the test photos are few; null if there is none, or the test says enough.
export function crossValidation(test) {
  const all = test?.crossValidation;
  if (!all || certainty(test) !== 'vague') return null;
  return `Cross-validation tells more: ${format.count(all.right)} of ${format.count(all.photos)} training photos right = ${percent(all.accuracy)}; so on new photos about ${percent(all.low)} to ${percent(all.high)}. `
    + 'Each was judged by a layer that had not seen it. It is a little too good, since the penalty was chosen by the same photos.';
}

// What the box about the learning looks like: green only where nothing speaks against it.
export function mood(answer) {
  const own = MOODS[answer.learning?.kind] ?? 'neutral';
  if (own !== 'good') return own;
  if (answer.gap) return 'warn';
  return doubt(answer.test) === null ? 'good' : 'neutral';
}

function lookingAt({ done, total, secondsLeft }) {
  const photo = total === undefined ? format.count(done + 1) : `${format.count(Math.min(done + 1, total))} of ${format.count(total)}`;
  return `Reading photo ${photo}${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`;
}

function lost(answer) {
  const where = answer.looking ? `at photo ${format.count(answer.looking.done)} of ${format.count(answer.looking.total)}` : `after step ${format.count(answer.steps.done)}`;
  return `It ended without finishing, ${where}: there has been no sign of it for ${duration(answer.now - answer.lastEvent)}. It was killed, or the machine was switched off. What was computed until then is kept.`;
}

// The first of a message's sentences, and the rest.
function sentences(message) {
  const end = message.search(/[.!?] (?=[A-Z])/);
  return end < 0 ? [message, ''] : [message.slice(0, end + 1), message.slice(end + 2)];
}

// What follows the headline in a smaller type; empty if nothing does.
export function details(answer) {
  return TOLD.has(answer.state) && answer.message ? sentences(answer.message)[1] : '';
}

// Its own first sentence. Where it was stopped, the numbers in it are photos and steps.
function told({ state, message }) {
  const [first] = sentences(message);
  return state === 'stopped' ? first.replace(/\b(step|photo|of) (\d+)/g, (all, word, number) => `${word} ${format.count(Number(number))}`) : first;
}

// The sentence at the top.
export function headline(answer) {
  if (answer.state === 'preparing') return 'Preparing: getting the network that looks at the photos.';
  if (answer.state === 'looking') return lookingAt(answer.looking);
  if (answer.state === 'lost') return lost(answer);
  if (answer.message) return told(answer);
  const test = answer.test;
  if (test) {
    const right = Math.round(test.accuracy * test.photos);
    return `It is right on ${format.count(right)} of ${format.count(test.photos)} photos that it had never seen: ${percent(test.accuracy)}.`;
  }
  const watched = answer.curves.validation?.accuracy;
  const known = watched ? ` It is now right on ${percent(watched.recent, 0)} of photos that it does not learn from.` : '';
  if (answer.state === 'running') {
    const left = answer.steps.secondsLeft;
    return left === undefined ? `It is learning.${known}` : `It is learning: ${duration(left)} to go.${known}`;
  }
  if (answer.state === 'finishing') return 'All steps are done: now it is tested on the photos that were held back.';
  if (answer.state === 'failed') return 'The training run failed before it was finished.';
  if (answer.state === 'silent') {
    return answer.lastEvent === undefined ? 'Nothing has been written yet.' : `Nothing has been written for ${duration(answer.now - answer.lastEvent)}.${known.replace('is now', 'was then')}`;
  }
  return `The training run is over.${known.replace('is now', 'was then')}`;
}

// The line below it.
export function timing(answer) {
  const parts = [];
  const { done, total, perSecond } = answer.steps;
  if (answer.looking) parts.push('what the backbone sees in a photo is computed only once, and kept');
  else if (answer.state !== 'preparing') parts.push(total === undefined ? `${plural(done, 'step', 'steps')} done` : `step ${format.count(done)} of ${format.count(total)}`);
  if (answer.state === 'running' && perSecond !== undefined) {
    parts.push(perSecond >= 10 ? `${format.count(Math.round(perSecond))} steps a second` : `${perSecond.toFixed(1)} steps a second`);
  }
  if (answer.started !== undefined) {
    parts.push(`started ${new Date(1000 * answer.started).toLocaleString()}`);
    if (!LIVE.has(answer.state) && answer.lastEvent > answer.started) parts.push(`took ${duration(answer.lastEvent - answer.started)}`);
  }
  if (answer.backbone) parts.push(`with ${answer.backbone}`);
  return parts.join(' · ');
}
