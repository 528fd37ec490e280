// Every event file with how far it was read: the first place to look when something is missing.
import { element } from '../../page/html.js';
import { runName } from '../../page/run-name.js';

export const tab = { id: 'files', title: 'Files', plugins: [], always: true };

const STATES = {
  reading: 'reading',
  at_end: 'read to the end',
  truncated: 'ends in the middle of a record',
  corrupt: 'damaged',
  unreadable: 'cannot be read',
};

export function mount(container, board) {
  const note = element('p', { class: 'note' });
  const rows = element('tbody');
  container.append(
    element('div', { class: 'page-text' },
      element('h2', {}, 'Event files'), note,
      element('div', { class: 'scroll' }, element('table', { class: 'table' },
        element('thead', {}, element('tr', {}, ...['Run', 'File', 'Records', 'Bytes read', 'State'].map((title) => element('th', { scope: 'col' }, title)))),
        rows))));

  async function refresh() {
    const [files, logdir] = await Promise.all([board.api.json('data/plugin/pupil/files'), board.api.json('data/logdir')]);
    note.textContent = `${files.length} event ${files.length === 1 ? 'file' : 'files'} in ${logdir.logdir} and its subfolders. The board reads files whose names contain “tfevents”.`;
    rows.replaceChildren(...files.map((file) => element('tr', {},
      element('td', { class: 'whole' }, runName(file.run)),
      element('td', { class: 'path' }, ...segments(file.file)),
      element('td', { class: 'number' }, file.records.toLocaleString()),
      element('td', { class: 'number' }, file.offset.toLocaleString()),
      element('td', { class: `state ${file.state}` }, file.reason || STATES[file.state] || file.state, file.note === '' ? '' : element('div', { class: 'note' }, file.note)))));
  }

  refresh().catch((error) => board.say(error.message));
  return { refresh: () => refresh().catch((error) => board.say(error.message)), unmount() {} };
}

// A path is broken at its folders, and within a name only if that does not fit into a line: never at its hyphens.
function segments(path) {
  return path.split(/(?<=[/\\])/).map((name) => element('span', {}, name));
}
