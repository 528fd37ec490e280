// Asks which run's points of a tag to download and as what; also the chart as a picture.
import { element } from '../../page/html.js';
import { chartAsSvg } from '../../page/parts/chart-svg.js';
import { fileName, save } from '../../page/parts/download.js';
import { runName } from '../../page/run-name.js';

export function openDownloadDialog(board, tag, runs, chart) {
  const select = element('select', { 'aria-label': 'Run' }, ...runs.map((run) => element('option', { value: run }, runName(run))));
  const links = element('p', { class: 'buttons' });
  const showLinks = () => {
    const run = select.value;
    const link = (kind, format) => element('a', {
      class: 'button', download: `${fileName(run)}.${kind}`,
      href: board.api.url('data/plugin/scalars/scalars', { run, tag, ...(format ? { format } : {}) }),
    }, `${kind.toUpperCase()}`);
    links.replaceChildren(...(runs.length > 0 ? [link('csv', 'csv'), link('json', null)] : []));
  };
  select.addEventListener('change', showLinks);
  showLinks();
  const name = fileName(tag);
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'download-title' },
    element('h2', { id: 'download-title' }, 'Download'),
    element('p', { class: 'note' }, tag),
    element('h3', {}, 'Data of one run'),
    runs.length > 0 ? select : element('p', { class: 'note' }, 'No run is shown.'), links,
    element('h3', {}, 'The chart as shown'),
    element('p', { class: 'buttons' },
      element('button', { onclick: () => save(chartAsSvg(chart, tag), `${name}.svg`, 'image/svg+xml') }, 'SVG'),
      element('button', { onclick: async () => save(await chart.png(), `${name}.png`, 'image/png') }, 'PNG')),
    element('p', { class: 'buttons end' }, element('button', { onclick: () => dialog.close() }, 'Close')));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
