// Siblings that are alike and numbered one after the other: conv_1, conv_2, conv_3, ... become one item.
const SMALLEST_SERIES = 5;

const NUMBERED = /^(.*?)(\d{1,9})(\D*)$/;

// children: [{name, kind, signature}]; answers [{name, members}], members by increasing number.
// The first of a family may have no number: conv, conv_1, conv_2 count as 0, 1, 2.
export function findSeries(children, smallest = SMALLEST_SERIES) {
  const families = new Map();
  for (const child of children) {
    if (child.icon) continue;
    const match = NUMBERED.exec(child.name);
    if (match === null) continue;
    add(families, match[1], match[3], Number(match[2]), child);
  }
  for (const child of children) {
    if (!child.icon && !NUMBERED.test(child.name)) addFirst(families, child);
  }
  const found = [];
  for (const family of families.values()) {
    family.members.sort((a, b) => a.number - b.number);
    for (const run of consecutive(family.members)) {
      if (run.length < smallest) continue;
      const name = `${family.prefix}[${run[0].number}–${run.at(-1).number}]${family.suffix}`;
      found.push({ name, members: run.map((member) => member.child) });
    }
  }
  return found;
}

function key(prefix, suffix, child) {
  return `${prefix}\n${suffix}\n${child.kind}\n${child.signature}`;
}

function add(families, prefix, suffix, number, child) {
  const id = key(prefix, suffix, child);
  if (!families.has(id)) families.set(id, { prefix, suffix, members: [] });
  families.get(id).members.push({ number, child });
}

function addFirst(families, child) {
  const family = families.get(key(`${child.name}_`, '', child));
  if (family !== undefined && !family.members.some((member) => member.number === 0)) family.members.push({ number: 0, child });
}

function consecutive(members) {
  const runs = [];
  for (const member of members) {
    const run = runs.at(-1);
    if (run !== undefined && member.number === run.at(-1).number + 1) run.push(member);
    else runs.push([member]);
  }
  return runs;
}
