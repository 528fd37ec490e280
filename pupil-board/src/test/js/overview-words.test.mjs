import assert from 'node:assert/strict';
import test from 'node:test';
import { certainty, crossValidation, details, doubt, headline, mood, rangeInWords } from '../../main/resources/org/pupil/board/plugins/overview/words.js';

const CONVERGED = { kind: 'converged', sentence: 'It has learned all it can from these photos.' };
const EIGHT = { photos: 8, accuracy: 0.625, low: 0.306, high: 0.863 };
const MANY = { photos: 1000, accuracy: 0.95, low: 0.935, high: 0.962 };

test('a good word is green only if the test says how good it is', () => {
  assert.equal(mood({ learning: CONVERGED, test: EIGHT }), 'neutral');
  assert.equal(mood({ learning: CONVERGED, test: MANY }), 'good');
  assert.equal(mood({ learning: CONVERGED, test: MANY, gap: 'It is right on …' }), 'warn');
  assert.equal(mood({ learning: { kind: 'diverged' }, test: EIGHT }), 'bad');
  assert.equal(mood({ learning: CONVERGED }), 'good');
});

test('a wide range is not called a little better or worse, and says what helps', () => {
  assert.equal(certainty(EIGHT), 'vague');
  assert.match(rangeInWords(EIGHT), /^As a figure for only 8 photos it says little/);
  assert.doesNotMatch(rangeInWords(EIGHT), /a little/);
  assert.match(rangeInWords(MANY), /a little higher or lower/);
  assert.match(doubt(EIGHT), /8 test photos tell only that it is between 30\.6 % and 86\.3 %.*--testing_percentage 30/);
  assert.equal(doubt(MANY), null);
  assert.equal(doubt(undefined), null);
});

test('cross-validation is told where the test is small', () => {
  const figure = { folds: 5, photos: 40, right: 37, accuracy: 0.925, low: 0.801, high: 0.974 };
  assert.match(crossValidation({ ...EIGHT, crossValidation: figure }), /37 of 40 training photos right = 92\.5 %; so on new photos about 80\.1 % to 97\.4 %/);
  assert.equal(crossValidation({ ...MANY, crossValidation: figure }), null);
  assert.equal(crossValidation(EIGHT), null);
});

test('the first sentence of a message is the headline', () => {
  const stopped = { state: 'stopped', message: 'Stopped after 3 of 80 photos. What was computed is kept. There is no model yet: a. b/graph.pb is not written.' };
  assert.equal(headline(stopped), 'Stopped after 3 of 80 photos.');
  assert.equal(details(stopped), 'What was computed is kept. There is no model yet: a. b/graph.pb is not written.');
  assert.equal(details({ state: 'stopped', message: 'Stopped.' }), '');
  assert.equal(details({ state: 'finished' }), '');
});

test('numbers of a run that was stopped are grouped, numbers of a message are not', () => {
  assert.equal(headline({ state: 'stopped', message: 'Stopped after step 12345 of 400000. More.' }), 'Stopped after step 12,345 of 400,000.');
  assert.equal(headline({ state: 'failed', message: 'step 12345.pb not found.' }), 'step 12345.pb not found.');
});
