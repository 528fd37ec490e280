// Two places for what a person has chosen: the address (can be shared) and the browser (stays).

class Store {
  #callbacks = new Set();

  onChange(callback) {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  changed(key) {
    for (const callback of [...this.#callbacks]) callback(key);
  }
}

// The tab and the choices of #TAB&key=value&key=value. A tab that is not encoded well is as it stands.
export function readHash(hash) {
  const [tab, ...rest] = hash.slice(1).split('&');
  const values = new URLSearchParams(rest.join('&'));
  try {
    return [decodeURIComponent(tab), values];
  } catch {
    return [tab, values];
  }
}

// The address.
export class View extends Store {
  #tab = '';
  #values = new URLSearchParams();

  constructor() {
    super();
    this.#read();
    addEventListener('hashchange', () => {
      this.#read();
      this.changed();
    });
  }

  #read() {
    [this.#tab, this.#values] = readHash(location.hash);
  }

  get tab() {
    return this.#tab;
  }

  // A new entry of the history; the other choices stay.
  openTab(tab) {
    if (tab === this.#tab) return;
    this.#tab = tab;
    history.pushState(null, '', this.#hash());
    this.changed();
  }

  get(key, otherwise) {
    return this.#values.get(key) ?? otherwise;
  }

  set(key, value) {
    if (value === undefined || value === null || value === '') this.#values.delete(key);
    else this.#values.set(key, value);
    history.replaceState(null, '', this.#hash());
  }

  #hash() {
    const values = this.#values.toString();
    return `#${encodeURIComponent(this.#tab)}${values ? `&${values}` : ''}`;
  }
}

// The browser.
export class Settings extends Store {
  get(key, otherwise) {
    return localStorage.getItem(`pupil.${key}`) ?? otherwise;
  }

  set(key, value) {
    if (value === undefined || value === null) localStorage.removeItem(`pupil.${key}`);
    else localStorage.setItem(`pupil.${key}`, value);
    this.changed(key);
  }
}
