// Which stretch of an axis a chart shows.

const PADDING = 0.05;
const LOW_QUANTILE = 0.05;
const HIGH_QUANTILE = 0.95;

// Less than this part of the values themselves is no stretch to look at.
const FLAT = 1e-3;

// To find quantiles of more values than this, a part of them is enough.
const MOST_SORTED = 100_000;

// The smallest and the largest finite value of some arrays; null without any.
export function extent(arrays) {
  let min = Infinity;
  let max = -Infinity;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i];
      if (Number.isFinite(value)) {
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
  }
  return min > max ? null : [min, max];
}

// From the 5th to the 95th percentile of the finite values of some arrays; null without any. An accuracy that is 1
// nearly always would leave a stretch of nothing: then all values are shown.
export function extentWithoutOutliers(arrays) {
  let total = 0;
  for (const array of arrays) total += array.length;
  const stride = Math.max(1, Math.ceil(total / MOST_SORTED));
  const values = new Float64Array(Math.ceil(total / stride) + arrays.length);
  let size = 0;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i += stride) {
      if (Number.isFinite(array[i])) values[size++] = array[i];
    }
  }
  if (size === 0) return null;
  const sorted = values.subarray(0, size).sort();
  const low = quantile(sorted, LOW_QUANTILE);
  const high = quantile(sorted, HIGH_QUANTILE);
  const isFlat = high - low < FLAT * Math.max(Math.abs(low), Math.abs(high));
  return isFlat ? [sorted[0], sorted[size - 1]] : [low, high];
}

function quantile(sorted, part) {
  const at = part * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

// The stretch around what is to be seen: some room at both ends, then to round numbers. A flat line at c stands in
// the middle between 0 and 2c.
export function fitLinear(range) {
  if (range === null) return [0, 1];
  const [min, max] = range;
  if (min === max) return flat(min);
  const room = (max - min) * PADDING;
  return nice(min - room, max + room);
}

function flat(value) {
  if (value === 0) return [-1, 1];
  return value > 0 ? [0, 2 * value] : [2 * value, 0];
}

// Times get room, but no round numbers: those would be of seconds, not of hours or days.
export function fitTime(range) {
  if (range === null) return [0, 1];
  const [min, max] = range;
  const room = Math.max((max - min) * PADDING, 0.5);
  return [min - room, max + room];
}

// Half of the smallest to twice the largest positive value.
export function fitLog(arrays, ignoreOutliers) {
  const positive = arrays.map((array) => array.filter((value) => value > 0));
  const range = ignoreOutliers ? extentWithoutOutliers(positive) : extent(positive);
  return range === null ? [0.1, 10] : [range[0] / 2, range[1] * 2];
}

function nice(min, max) {
  const step = 10 ** Math.floor(Math.log10((max - min) / 5));
  const unit = [10, 5, 2, 1].map((factor) => factor * step).find((candidate) => (max - min) / candidate >= 5) ?? step;
  return [Math.floor(min / unit) * unit, Math.ceil(max / unit) * unit];
}

// --- where a value stands ------------------------------------------------------------------------

// 0 at the lower end of the domain, 1 at the upper.
export function toFraction(value, [min, max], log) {
  if (!log) return (value - min) / (max - min);
  const low = Math.log(min);
  return value > 0 ? (Math.log(value) - low) / (Math.log(max) - low) : 0;
}

export function fromFraction(fraction, [min, max], log) {
  if (!log) return min + fraction * (max - min);
  const low = Math.log(min);
  return Math.exp(low + fraction * (Math.log(max) - low));
}

// The part of a domain between two fractions, which may lie outside of 0 to 1.
export function part(domain, from, to, log) {
  return [fromFraction(from, domain, log), fromFraction(to, domain, log)];
}
