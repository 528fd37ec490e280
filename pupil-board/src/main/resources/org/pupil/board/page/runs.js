// Which runs there are, which of them are shown, and in which colour.
import { colourAt, RunColours } from './run-colours.js';

const UNMATCHED = '#9aa0a6';

// With more runs than this none is shown until somebody chooses.
const MOST_SHOWN_AT_FIRST = 500;

export class Runs {
  #settings;
  #view;
  #theme;
  #callbacks = new Set();
  #names = [];
  #versions = new Map();
  #started = new Map();
  #withCurves = new Set();
  #seen = new Set();
  #hidden = new Set();
  #shown = new Set();
  #ownColours;
  #colours;

  constructor(settings, view, theme) {
    this.#settings = settings;
    this.#view = view;
    this.#theme = theme;
    this.#ownColours = new Map(JSON.parse(settings.get('colours', '[]')));
    this.#colours = new RunColours(JSON.parse(settings.get('runColours', '[]')));
    this.#hidden = new Set(JSON.parse(settings.get('hidden', '[]')));
    theme.onChange(() => this.#changed());
    view.onChange(() => this.#changed());
  }

  onChange(callback) {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  #changed() {
    for (const callback of [...this.#callbacks]) callback();
  }

  // Takes the server's list: [{name, version, started, curves}].
  update(list) {
    const before = this.#names.join('\n');
    this.#names = list.map((run) => run.name);
    for (const run of list) {
      this.#versions.set(run.name, run.version);
      this.#started.set(run.name, run.started);
      this.#seen.add(run.name);
    }
    const curvesBefore = this.#withCurves.size;
    this.#withCurves = new Set(list.filter(({ curves }) => curves === true).map(({ name }) => name));
    const isNew = this.#colours.assign(list.map(({ name, curves }) => ({ name, hasCurves: curves === true })));
    if (isNew) this.#settings.set('runColours', JSON.stringify(this.#colours.places.slice(-2000)));
    if (isNew || this.#withCurves.size !== curvesBefore || this.#names.join('\n') !== before) this.#changed();
  }

  // Grows whenever the run has new data.
  version(name) {
    return this.#versions.get(name) ?? 0;
  }

  started(name) {
    return this.#started.get(name) ?? 0;
  }

  get pattern() {
    return this.#view.get('runFilter', '');
  }

  set pattern(pattern) {
    this.#view.set('runFilter', pattern);
    this.#changed();
  }

  get colourPattern() {
    return this.#view.get('runColorGroup', '');
  }

  set colourPattern(pattern) {
    this.#view.set('runColorGroup', pattern);
    this.#changed();
  }

  // Null for an expression that is none.
  static expression(pattern) {
    try {
      return new RegExp(pattern, 'i');
    } catch {
      return null;
    }
  }

  #matches(name) {
    if (!this.pattern) return true;
    const expression = Runs.expression(this.pattern);
    return expression !== null && expression.test(name);
  }

  #isOn(name) {
    if (this.#names.length > MOST_SHOWN_AT_FIRST) return this.#shown.has(name);
    return !this.#hidden.has(name);
  }

  all() {
    return this.#names.map((name) => ({
      name,
      colour: this.colour(name),
      hasCurves: this.#withCurves.has(name),
      on: this.#isOn(name),
      matches: this.#matches(name),
      visible: this.#isOn(name) && this.#matches(name),
    }));
  }

  visible() {
    return this.#names.filter((name) => this.#isOn(name) && this.#matches(name));
  }

  setVisible(names, visible) {
    for (const name of names) {
      if (visible) {
        this.#hidden.delete(name);
        this.#shown.add(name);
      } else {
        this.#hidden.add(name);
        this.#shown.delete(name);
      }
    }
    this.#settings.set('hidden', JSON.stringify([...this.#hidden].slice(-2000)));
    this.#changed();
  }

  showOnly(name) {
    const others = this.#names.filter((other) => other !== name);
    this.setVisible([name], true);
    this.setVisible(others, false);
  }

  colour(name) {
    if (this.#ownColours.has(name)) return this.#ownColours.get(name);
    if (!this.colourPattern) return this.#colours.colour(name, this.#theme.dark);
    const group = this.#group(name);
    return group === null ? UNMATCHED : colourAt(this.#groups().indexOf(group), this.#theme.dark);
  }

  // Runs whose names have the same captured parts share a colour.
  #group(name) {
    const match = Runs.expression(this.colourPattern)?.exec(name);
    if (!match) return null;
    return match.length > 1 ? match.slice(1).join('\n') : match[0];
  }

  #groups() {
    return [...new Set([...this.#seen].map((name) => this.#group(name)))].filter((group) => group !== null);
  }

  setColour(name, colour) {
    this.#ownColours.set(name, colour);
    this.#settings.set('colours', JSON.stringify([...this.#ownColours].slice(-1000)));
    this.#changed();
  }
}
