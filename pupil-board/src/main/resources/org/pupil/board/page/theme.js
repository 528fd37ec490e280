// Light or dark: what the person chose, or what the system says.
export class Theme {
  #settings;
  #callbacks = new Set();
  #system = matchMedia('(prefers-color-scheme: dark)');

  constructor(settings, select) {
    this.#settings = settings;
    select.value = settings.get('theme', 'auto');
    select.addEventListener('change', () => {
      settings.set('theme', select.value);
      this.#apply();
    });
    this.#system.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get dark() {
    const chosen = this.#settings.get('theme', 'auto');
    return chosen === 'dark' || (chosen === 'auto' && this.#system.matches);
  }

  onChange(callback) {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  #apply() {
    const theme = this.dark ? 'dark' : 'light';
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    for (const callback of [...this.#callbacks]) callback();
  }
}
