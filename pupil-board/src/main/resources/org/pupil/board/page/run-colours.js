// Which run has which colour. As long as there are colours left no two runs share one, and a run keeps its own when others
// come and go. Runs with curves take the first colours, those without (such as the folder above) the last ones.

// Each as far as can be from all before it, as eyes see it (CIEDE2000), and none too pale for white or too dark for black.
const LIGHT = [
  '#425066', '#12b5cb', '#e52592', '#f9ab00', '#9334e6', '#7cb342', '#a03b08', '#1d632e', '#f78169', '#816f12', '#d2a2be', '#7f3d4e',
  '#067979', '#2f70f4', '#38c29f', '#d2b6a2', '#da0b3f', '#c9731d', '#df69f7', '#2fa2f4', '#644a30', '#b3a509', '#8d0781', '#159354',
];
const DARK = ['#8e98a3', ...LIGHT.slice(1)];
// Around the colour circle, so that followers are far apart.
const GOLDEN_ANGLE = 137.508;

// The colour of a place, from 0 on.
export function colourAt(place, isDark) {
  const palette = isDark ? DARK : LIGHT;
  if (place < palette.length) return palette[place];
  const beyond = place - palette.length;
  return hexadecimal((beyond * GOLDEN_ANGLE) % 360, 0.65, 0.4 + 0.12 * (beyond % 3));
}

export class RunColours {
  #places;

  // places: [[run, place]], as of `places`.
  constructor(places = []) {
    this.#places = new Map(places.filter((one) => Array.isArray(one) && Number.isInteger(one[1]) && one[1] >= 0));
  }

  // To be kept.
  get places() {
    return [...this.#places];
  }

  // Gives each of these runs a place of its own: [{ name, hasCurves }].
  assign(runs) {
    const taken = new Set();
    const without = [];
    for (const run of runs) {
      const place = this.#places.get(run.name);
      if (place === undefined || taken.has(place)) without.push(run);
      else taken.add(place);
    }
    without.sort((a, b) => b.hasCurves - a.hasCurves);
    for (const { name, hasCurves } of without) {
      const place = freePlace(taken, hasCurves);
      taken.add(place);
      // At the end, as the newest.
      this.#places.delete(name);
      this.#places.set(name, place);
    }
    return without.length > 0;
  }

  colour(name, isDark) {
    return colourAt(this.#places.get(name) ?? 0, isDark);
  }
}

function freePlace(taken, hasCurves) {
  if (!hasCurves) {
    for (let place = LIGHT.length - 1; place >= 0; place--) {
      if (!taken.has(place)) return place;
    }
  }
  let place = 0;
  while (taken.has(place)) place++;
  return place;
}

// Of hue (degrees), saturation and lightness.
function hexadecimal(hue, saturation, lightness) {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  const part = (n) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return `#${[0, 8, 4].map((n) => part(n).toString(16).padStart(2, '0')).join('')}`;
}
