// Precision-recall curves as the server tells them: lists of the same length, a place a threshold.

// An address takes only so much, and two hundred runs have long names.
const LONGEST_QUERY = 4000;
const PATH = 'data/plugin/pr_curves/pr_curves';

// Asks for the curves of many runs, in as many questions as are needed.
// Returns { curves: by run, count: how many were sent of how many, as in the header }.
export async function curvesOf(api, tag, runs) {
  const curves = {};
  let [kept, seen] = [0, 0];
  for (const some of batches(api, tag, runs)) {
    const response = await api.response(PATH, { tag, run: some });
    Object.assign(curves, await response.json());
    const [now, of] = (response.headers.get('X-Pupil-Points') ?? '0/0').split('/').map(Number);
    [kept, seen] = [kept + now, seen + of];
  }
  return { curves, count: `${kept}/${seen}` };
}

function batches(api, tag, runs) {
  const found = [];
  let length = Infinity;
  for (const run of runs) {
    const more = api.url('', { run }).length;
    if (length + more > LONGEST_QUERY) {
      found.push([]);
      length = api.url('', { tag }).length;
    }
    found.at(-1).push(run);
    length += more;
  }
  return found;
}

// [{ step, time }]: every step at which some run has a curve, with the latest time.
export function stepsOf(curvesByRun) {
  const times = new Map();
  for (const curves of curvesByRun.values()) {
    for (const { step, wall_time: time } of curves) times.set(step, Math.max(time, times.get(step) ?? -Infinity));
  }
  return [...times].map(([step, time]) => ({ step, time })).sort((a, b) => a.step - b.step);
}

// The newest curve that is not after a step; null if there was none yet. Runs need not write at the same steps.
export function curveAt(curves, step) {
  let found = null;
  for (const curve of curves) {
    if (curve.step <= step && (found === null || curve.step >= found.step)) found = curve;
  }
  return found;
}

// The place of the threshold that is nearest.
export function nearestThreshold(curve, threshold) {
  let best = 0;
  curve.thresholds.forEach((one, i) => {
    if (Math.abs(one - threshold) < Math.abs(curve.thresholds[best] - threshold)) best = i;
  });
  return best;
}

// The area under the curve, in steps: the precision at each threshold counts as much as the recall that is gained there
// (average precision). 1 is a classifier that never errs.
export function averagePrecision({ precision, recall }) {
  let area = 0;
  for (let i = 0; i < recall.length; i++) {
    const gained = recall[i] - (recall[i + 1] ?? 0);
    if (gained > 0) area += gained * precision[i];
  }
  return area;
}
