// What the kinds of cards share: how they make specs of the tags that there are.

// A spec says what a card shows: { id, kind, tag, title, description, runs }, of one run only { run, sample }, and { group } if that
// is not the first part of the tag.
export function spec(kind, tag, rest) {
  const { run, sample } = rest;
  return { kind, tag, title: tag, description: '', id: JSON.stringify([kind, tag, run ?? null, sample ?? null]), ...rest };
}

// {run: [tag]} or {run: {tag: ...}} to {tag: Set of runs}
export function byTag(runs) {
  const tags = new Map();
  for (const [run, tagsOfRun] of Object.entries(runs)) {
    for (const tag of Array.isArray(tagsOfRun) ? tagsOfRun : Object.keys(tagsOfRun)) {
      if (!tags.has(tag)) tags.set(tag, new Set());
      tags.get(tag).add(run);
    }
  }
  return tags;
}

// {run: {tag: {displayName, description}}} to a card for each run and tag.
export async function ofEachRun(kind, answer) {
  return Object.entries(await answer).flatMap(([run, tags]) => Object.entries(tags).map(([tag, { displayName, description }]) => (
    spec(kind, tag, { run, runs: new Set([run]), title: displayName || tag, description }))));
}

// One answer has the tags of scalars and of images.
export function timeSeriesTags(ask) {
  return ask('data/plugin/timeseries/tags');
}
