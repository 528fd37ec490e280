// The pages in the order in which they stand at the top: files of the folder tabs.
const TAB_NAMES = [
  'overview', 'timeseries', 'scalars', 'images', 'graphs', 'distributions', 'histograms', 'text', 'pr-curves', 'hparams',
  'projector', 'files',
];

// One that cannot be loaded does not keep the others away, but is said.
export async function loadTabs(say) {
  const loaded = await Promise.allSettled(TAB_NAMES.map((name) => import(`./tabs/${name}.js`)));
  return loaded.flatMap((result, i) => {
    const name = TAB_NAMES[i];
    if (result.status === 'fulfilled') return [{ ...result.value.tab, name, mount: result.value.mount }];
    console.error(`The page ${name} cannot be loaded`, result.reason);
    say(`The page “${name}” cannot be loaded: ${result.reason.message}`);
    return [];
  });
}
