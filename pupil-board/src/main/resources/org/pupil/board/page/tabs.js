// The pages in the order in which they stand at the top. The server names the plugins in the page's head.
function pluginFolders() {
  return [...document.querySelectorAll('link[data-plugin]')].map((link) => link.dataset.plugin);
}

// One that cannot be loaded does not keep the others away, but is said.
export async function loadTabs(say) {
  const names = pluginFolders();
  const loaded = await Promise.allSettled(names.map((name) => import(`../plugins/${name}/tab.js`)));
  return loaded.flatMap((result, i) => {
    const name = names[i];
    if (result.status === 'fulfilled') return [{ ...result.value.tab, name, mount: result.value.mount }];
    console.error(`The page ${name} could not be loaded`, result.reason);
    say(`The page “${name}” could not be loaded: ${result.reason.message}`);
    return [];
  });
}
