// Numbers by chance that are the same each time (mulberry32), so that a projection can be repeated.
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    below: (n) => Math.floor(next() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

// `most` of the numbers 0 .. n - 1 by chance, in increasing order; all of them when they are not more.
export function sampleOf(n, most, random) {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= most) return all;
  for (let i = 0; i < most; i++) {
    const k = i + random.below(n - i);
    [all[i], all[k]] = [all[k], all[i]];
  }
  return all.slice(0, most).sort();
}
