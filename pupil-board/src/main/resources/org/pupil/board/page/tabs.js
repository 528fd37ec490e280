// The pages in the order in which they stand at the top. A name that has no file yet is left out.
export const TAB_NAMES = [
  'overview', 'timeseries', 'scalars', 'images', 'graphs', 'distributions', 'histograms', 'text', 'pr-curves', 'hparams',
  'projector', 'files',
];

export async function loadTabs() {
  const loaded = await Promise.allSettled(TAB_NAMES.map((name) => import(`./tabs/${name}.js`)));
  return loaded.flatMap((result, i) => (result.status === 'fulfilled' ? [{ ...result.value.tab, name: TAB_NAMES[i], mount: result.value.mount }] : []));
}
