// How many points of a series are shown: "100 of 4,000". Empty when all are.
import * as format from './format.js';

// header: how many the server sent and how many there are, such as 100/4000; most: how many of the sent ones are drawn.
export function sayPointCount(header, what, most = Infinity) {
  const [sent, seen] = (header ?? '').split('/').map(Number);
  const shown = Math.min(sent, most);
  if (!Number.isFinite(shown) || !Number.isFinite(seen) || shown >= seen) return '';
  return `Showing ${format.count(shown)} of ${format.count(seen)} ${what}.`;
}
