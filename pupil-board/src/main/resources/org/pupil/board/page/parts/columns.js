// Makes few of many points, without a visible difference.

// The first index whose value is at least x, in increasing values.
export function lowerBound(xs, x) {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isIncreasing(xs) {
  for (let i = 1; i < xs.length; i++) {
    if (!(xs[i] >= xs[i - 1])) return false;
  }
  return true;
}

// The index of the point nearest to x, -1 without points.
export function nearestIndex(xs, x) {
  if (xs.length === 0) return -1;
  if (!isIncreasing(xs)) {
    let best = 0;
    for (let i = 1; i < xs.length; i++) {
      if (Math.abs(xs[i] - x) < Math.abs(xs[best] - x)) best = i;
    }
    return best;
  }
  const at = lowerBound(xs, x);
  if (at === 0) return 0;
  if (at === xs.length) return at - 1;
  return x - xs[at - 1] <= xs[at] - x ? at - 1 : at;
}

// A gap in the line, in the answer of `drawn`.
export const GAP = -1;

// The indices of the points that a line from min to max over so many columns of pixels must touch: in each column the
// first, the lowest, the highest and the last, and one point beyond each end. A GAP stands where values are not finite.
export function drawn(xs, ys, min, max, columns) {
  const sorted = isIncreasing(xs);
  const from = sorted ? Math.max(0, lowerBound(xs, min) - 1) : 0;
  const end = lowerBound(xs, max);
  const to = sorted ? Math.min(xs.length, end + (xs[end] === max ? 2 : 1)) : xs.length;
  const picked = [];
  if (to - from <= 2 * columns) {
    for (let i = from; i < to; i++) picked.push(Number.isFinite(ys[i]) ? i : GAP);
    return picked;
  }
  const scale = columns / (max - min);
  let column = NaN;
  let first = GAP;
  let low = GAP;
  let high = GAP;
  let last = GAP;
  const finish = () => {
    if (first === GAP) return;
    const [before, after] = low < high ? [low, high] : [high, low];
    picked.push(first);
    if (before !== first) picked.push(before);
    if (after !== before && after !== first) picked.push(after);
    if (last !== after && last !== before && last !== first) picked.push(last);
    first = GAP;
  };
  for (let i = from; i < to; i++) {
    const y = ys[i];
    if (!Number.isFinite(y)) {
      finish();
      if (picked.length > 0 && picked[picked.length - 1] !== GAP) picked.push(GAP);
      continue;
    }
    const here = Math.floor((xs[i] - min) * scale);
    if (here !== column || first === GAP) {
      finish();
      column = here;
      first = low = high = last = i;
    } else {
      if (y < ys[low]) low = i;
      if (y > ys[high]) high = i;
      last = i;
    }
  }
  finish();
  return picked;
}
