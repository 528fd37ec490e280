// The order of tags: numbers count as numbers (layer2 before layer10), and a slash comes before all else, so that
// a/b stands with a and not behind a-c.
export function compareNaturally(a, b) {
  const left = pieces(a);
  const right = pieces(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = comparePieces(left[i], right[i]);
    if (order !== 0) return order;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

function pieces(text) {
  return text.match(/\d+(?:\.\d+)?|./gsu) ?? [];
}

function comparePieces(a, b) {
  if (a === b) return 0;
  if (a === '/' || b === '/') return a === '/' ? -1 : 1;
  const aIsNumber = /^\d/.test(a);
  const bIsNumber = /^\d/.test(b);
  if (aIsNumber && bIsNumber) return Number(a) - Number(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
