// The colour of a trial: from blue to red by a number, or one colour for all.
const ENDS = { light: ['#2a62d9', '#d3302f'], dark: ['#6ea3ff', '#ff6f61'] };

// { of(trial), ends: [colour, colour] or null, least, greatest }; plain and missing: the colours without a column, and without a value.
export function colouring(column, axis, isDark, { plain, missing }) {
  if (column === null) return { of: () => plain, ends: null };
  const ends = ENDS[isDark ? 'dark' : 'light'];
  return {
    ends,
    least: axis.valueAt(0),
    greatest: axis.valueAt(1),
    of(trial) {
      const place = axis.place(trial.values.get(column.key));
      return place === null ? missing : mixed(ends, place);
    },
  };
}

// Between the two, through violet.
export function mixed([from, to], fraction) {
  const part = (colour, i) => Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  const share = Math.max(0, Math.min(1, fraction));
  return `rgb(${[0, 1, 2].map((i) => Math.round(part(from, i) + share * (part(to, i) - part(from, i)))).join(' ')})`;
}
