// The points of one scalar in one run, as the server sends them in its compact form.
import { smoothed } from './smoothing.js';

const HEADER_BYTES = 32;

// Reads the answer of points_multirun: a block for each run, null where the run has no such scalar.
export function readBlocks(buffer, runs) {
  const view = new DataView(buffer);
  const blocks = [];
  let at = 0;
  for (let i = 0; i < runs; i++) {
    const size = view.getInt32(at, true);
    if (size < 0) {
      blocks.push(null);
      at += HEADER_BYTES;
      continue;
    }
    const values = at + HEADER_BYTES + 16 * size;
    const bytes = view.getInt32(at + 20, true);
    blocks.push({
      first: view.getInt32(at + 4, true),
      seen: Number(view.getBigInt64(at + 8, true)),
      kept: view.getInt32(at + 16, true),
      steps: new Float64Array(buffer, at + HEADER_BYTES, size),
      times: new Float64Array(buffer, at + HEADER_BYTES + 8 * size, size),
      // In double precision only where the log needs it.
      values: new (bytes === 8 ? Float64Array : Float32Array)(buffer, values, size),
      revision: view.getInt32(at + 24, true),
    });
    at = Math.ceil((values + bytes * size) / 8) * 8;
  }
  return blocks;
}

export class ScalarSeries {
  // Changes whenever the points do.
  revision = 0;
  // How many points the log has.
  seen = 0;
  #kept = 0;
  // The server's number for what it had done to the points.
  #edition = 0;
  #size = 0;
  #steps = new Float64Array(0);
  #times = new Float64Array(0);
  #values = new Float32Array(0);
  #derived = new Map();

  get size() {
    return this.#size;
  }

  get steps() {
    return this.#steps.subarray(0, this.#size);
  }

  get times() {
    return this.#times.subarray(0, this.#size);
  }

  get values() {
    return this.#values.subarray(0, this.#size);
  }

  // What the server needs to know to send the new points only; empty when it has to send all.
  get known() {
    return this.#size > 0 && this.#size === this.#kept ? `${this.#size}:${this.#times[this.#size - 1]}:${this.#edition}` : '';
  }

  // Returns whether anything is different now.
  accept(block) {
    const { first, steps } = block;
    if (steps.length === 0 && first === this.#size && block.seen === this.seen && block.revision === this.#edition) return false;
    const size = first + steps.length;
    this.#steps = written(this.#steps, first, steps);
    this.#times = written(this.#times, first, block.times);
    this.#values = written(this.#values, first, block.values);
    this.#size = size;
    this.#kept = block.kept;
    this.#edition = block.revision;
    this.seen = block.seen;
    this.revision++;
    this.#derived.clear();
    return true;
  }

  // Where the points stand on the horizontal axis: step, relative (seconds since the first point) or wall.
  xs(axis) {
    if (axis === 'step') return this.steps;
    if (axis === 'wall') return this.times;
    return this.#once('relative', () => this.times.map((time) => time - this.#times[0]));
  }

  smoothed(weight) {
    return this.#once(`smoothed ${weight}`, () => smoothed(this.values, weight));
  }

  #once(key, make) {
    if (!this.#derived.has(key)) {
      // The slider passes by many weights; only the last few are worth keeping.
      if (this.#derived.size > 3) this.#derived.clear();
      this.#derived.set(key, make());
    }
    return this.#derived.get(key);
  }
}

// The array with these values from an index on; it grows by half, so that adding often is cheap.
function written(array, first, values) {
  const size = first + values.length;
  let target = array.constructor === values.constructor ? array : values.constructor.from(array.subarray(0, first));
  if (size > target.length) {
    target = new values.constructor(first === 0 ? size : Math.ceil(size * 1.5));
    target.set(array.subarray(0, first));
  }
  target.set(values, first);
  return target;
}
