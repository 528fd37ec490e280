// Fetches points of scalars: only of runs that have changed, a few requests at a time.
import { readBlocks, ScalarSeries } from './scalar-series.js';
import { TaskQueue } from './task-queue.js';

const RUNS_A_REQUEST = 100;
const REQUESTS_AT_ONCE = 4;

// So many points the page holds of one tag; of a longer series the server sends the peaks.
const MOST_POINTS_A_TAG = 4_000_000;
const MOST_POINTS_KEPT = 12_000_000;

export class ScalarStore {
  #board;
  #queue = new TaskQueue(REQUESTS_AT_ONCE);
  // By tag, the least recently used first: run to {version, series}.
  #tags = new Map();

  constructor(board) {
    this.#board = board;
  }

  series(tag, run) {
    return this.#tags.get(tag)?.get(run)?.series ?? null;
  }

  // Fetches what is new of these runs. Resolves to whether anything is different now; calls `arrived` for each part.
  async load(tag, runs, arrived = () => {}) {
    const entries = this.#tags.get(tag) ?? new Map();
    this.#tags.delete(tag);
    this.#tags.set(tag, entries);
    this.#forgetOld();
    const stale = runs.filter((run) => entries.get(run)?.version !== this.#board.runs.version(run));
    const most = Math.max(1000, Math.floor(MOST_POINTS_A_TAG / Math.max(1, runs.length)));
    const batches = [];
    for (let i = 0; i < stale.length; i += RUNS_A_REQUEST) batches.push(stale.slice(i, i + RUNS_A_REQUEST));
    const changes = await Promise.all(batches.map((batch) => this.#queue.run(async () => {
      const changed = await this.#fetch(tag, entries, batch, most);
      if (changed) arrived();
      return changed;
    })));
    return changes.some((changed) => changed);
  }

  async #fetch(tag, entries, runs, most) {
    const versions = runs.map((run) => this.#board.runs.version(run));
    const have = runs.map((run) => entries.get(run)?.series?.known ?? '');
    const buffer = await this.#board.api.postForBytes('data/plugin/pupil/points_multirun', { tag, most, runs, have });
    let changed = false;
    readBlocks(buffer, runs.length).forEach((block, i) => {
      const entry = entries.get(runs[i]) ?? { series: null };
      entry.version = versions[i];
      if (block === null) {
        changed ||= entry.series !== null;
        entry.series = null;
      } else {
        entry.series ??= new ScalarSeries();
        changed = entry.series.accept(block) || changed;
      }
      entries.set(runs[i], entry);
    });
    return changed;
  }

  #forgetOld() {
    let points = 0;
    for (const entries of this.#tags.values()) {
      for (const entry of entries.values()) points += entry.series?.size ?? 0;
    }
    for (const [tag, entries] of this.#tags) {
      if (points <= MOST_POINTS_KEPT || this.#tags.size === 1) return;
      for (const entry of entries.values()) points -= entry.series?.size ?? 0;
      this.#tags.delete(tag);
    }
  }
}
