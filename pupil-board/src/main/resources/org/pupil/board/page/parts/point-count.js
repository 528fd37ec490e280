// How many points of a series the server sent: "100 of 4,000". Empty when it sent all.
import * as format from './format.js';

// header: what the server says, such as 100/4000.
export function sayPointCount(header, what) {
  const [kept, seen] = (header ?? '').split('/').map(Number);
  if (!Number.isFinite(kept) || !Number.isFinite(seen) || kept >= seen) return '';
  return `Shows ${format.count(kept)} of ${format.count(seen)} ${what}.`;
}
