// Histograms of many steps with the same bins, so that they can stand one behind the other.

const BINS = 30;

// steps: [{step, wallTime, buckets: [[left, right, count]]}]; answers {edges: [count + 1 numbers], steps: [{step, wallTime, counts}]}.
// A bucket's count is shared out to the bins in proportion to how much of it lies in each. What is not finite, is negative
// or has no count is passed over. Null when no bucket has a count.
export function rebin(steps, bins = BINS) {
  const range = rangeOf(steps);
  if (range === null) return null;
  const [low, high] = range;
  const width = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * width));
  return { edges, steps: steps.map(({ step, wallTime, buckets }) => ({ step, wallTime, counts: countsOf(buckets, low, width, bins) })) };
}

function isCounted([left, right, count]) {
  return Number.isFinite(left) && Number.isFinite(right) && right >= left && Number.isFinite(count) && count > 0;
}

// Numbers that are all the same get a little room at both sides.
function rangeOf(steps) {
  let low = Infinity;
  let high = -Infinity;
  for (const { buckets } of steps) {
    for (const bucket of buckets) {
      if (!isCounted(bucket)) continue;
      low = Math.min(low, bucket[0]);
      high = Math.max(high, bucket[1]);
    }
  }
  if (low > high) return null;
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1;
    return [low - room, high + room];
  }
  // The whole range of doubles is wider than the largest double.
  return Number.isFinite(high - low) ? [low, high] : [Math.max(low, -1e308 / 2), Math.min(high, 1e308 / 2)];
}

function countsOf(buckets, low, width, bins) {
  const counts = new Float64Array(bins);
  const binOf = (x) => Math.max(0, Math.min(bins - 1, Math.floor((x - low) / width)));
  for (const bucket of buckets) {
    if (!isCounted(bucket)) continue;
    const [left, right, count] = bucket;
    const [first, last] = [binOf(left), binOf(right)];
    if (first === last || right === left) {
      counts[first] += count;
      continue;
    }
    for (let bin = first; bin <= last; bin++) {
      const from = Math.max(left, low + bin * width);
      const to = bin === last ? right : Math.min(right, low + (bin + 1) * width);
      if (to > from) counts[bin] += (count * (to - from)) / (right - left);
    }
  }
  return counts;
}

// At most so many, evenly, with the first and the last.
export function thinned(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]);
}
