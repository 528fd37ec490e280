// What the plots of trials have in common.

// [{ trial, isIn, places }]: whether it passes the marks, and where it stands on the axes, as fractions by column key. Those that
// pass come last, so that they are drawn over the others.
export function drawnOf(experiment, columns, axes) {
  return experiment.filtered.map((trial) => ({
    trial,
    isIn: experiment.isBrushed(trial),
    places: new Map(columns.map(({ key }) => [key, axes.get(key).place(trial.values.get(key))])),
  })).sort((a, b) => a.isIn - b.isIn);
}

// The one that is nearest, if it is nearer than the reach; else null. distancesOf: how far one's parts are away.
export function nearestOf(drawn, reach, distancesOf) {
  let best = null;
  let least = reach;
  for (const one of drawn) {
    for (const distance of distancesOf(one)) {
      if (distance < least) [least, best] = [distance, one];
    }
  }
  return best;
}

// Keeps a plot from being drawn anew under the pointer of a person who drags something in it.
export class Dragging {
  isUnderWay = false;
  #asked = null;
  #draw;

  // draw: what to call with what was asked for meanwhile.
  constructor(draw) {
    this.#draw = draw;
  }

  // Whether a drawing must wait; then it comes at the end.
  holds(...asked) {
    if (this.isUnderWay) this.#asked = asked;
    return this.isUnderWay;
  }

  end() {
    this.isUnderWay = false;
    const asked = this.#asked;
    this.#asked = null;
    if (asked !== null) this.#draw(...asked);
  }
}

export function short(text, longest) {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
