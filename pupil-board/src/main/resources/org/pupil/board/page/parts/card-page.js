// A page of cards: controls, pinned cards, groups of cards. The tabs differ in the kinds of cards only.
import { element } from '../html.js';
import { CardShelf } from './card-shelf.js';
import { CardsToolbar } from './cards-toolbar.js';
import { KindChips } from './kind-chips.js';
import { icon } from './icons.js';
import { compareNaturally } from './natural-order.js';
import { onceAFrame, Options } from './options.js';
import { MOST_PINS, Pins } from './pins.js';
import { ScalarStore } from './scalar-store.js';
import { TagFilter } from './tag-filter.js';
import { grouped, TagGroups } from './tag-groups.js';
import { Tooltip } from './tooltip.js';

export class CardPage {
  // What the cards use.
  board;
  options;
  store;
  tooltip = new Tooltip();
  timeAxisOption;

  #kinds;
  #pins;
  #specs = [];
  #states = new Map();
  #shelf;
  #groups;
  #filter;
  #chips = null;
  #pinned = element('section', { class: 'group pinned' });
  #nothing = element('p', { class: 'note nothing', role: 'status' });
  #drawnList = '';
  #stops = [];
  #isOpen = true;

  constructor(container, board, { kinds, withPins = false }) {
    this.board = board;
    this.options = new Options(board);
    this.store = new ScalarStore(board);
    this.#kinds = kinds;
    this.timeAxisOption = timeAxisOption(kinds.map((kind) => kind.id));
    this.#pins = withPins ? new Pins(board) : null;
    this.#shelf = new CardShelf((spec) => this.#make(spec));
    this.#groups = new TagGroups(board.settings, this.#shelf);
    this.#filter = new TagFilter(board.view, () => this.#drawCards());
    const first = [this.#filter.element];
    if (kinds.length > 1) {
      this.#chips = new KindChips(board.settings, kinds, () => this.#drawCards());
      first.push(this.#chips.element);
    }
    const toolbar = new CardsToolbar(this.options, kinds.map((kind) => kind.id), first, this.#pins === null ? null : this.#pinSettings(), this.timeAxisOption);
    container.append(toolbar.element, element('div', { class: 'cards' }, this.#pinned, this.#groups.element, this.#nothing));
    this.#pinned.hidden = true;
    const updateCards = onceAFrame(() => this.#isOpen && this.#drawCards(true));
    this.#stops = [
      board.runs.onChange(updateCards),
      board.theme.onChange(() => this.#shelf.active.forEach((card) => card.themeChanged())),
      board.view.onChange(() => this.#addressChanged()),
      this.options.onChange((key) => this.#shelf.active.forEach((card) => card.optionChanged(key))),
    ];
    this.refresh();
  }

  // New data: new tags perhaps, and the cards in sight ask for what is new.
  async refresh() {
    try {
      const answers = new Map();
      const ask = (path) => {
        if (!answers.has(path)) answers.set(path, this.board.api.json(path));
        return answers.get(path);
      };
      this.#specs = (await Promise.all(this.#kinds.map((kind) => kind.specs(ask)))).flat();
      if (this.#isOpen) this.#drawCards(true);
    } catch (error) {
      this.board.say(`The list of tags could not be loaded: ${error.message}`);
    }
  }

  unmount() {
    this.#isOpen = false;
    this.#stops.forEach((stop) => stop());
    this.#shelf.destroy();
    this.options.destroy();
    this.tooltip.destroy();
  }

  #addressChanged() {
    this.#filter.read();
    this.#pins?.read();
    this.#drawCards();
  }

  #make(spec) {
    const kind = this.#kinds.find(({ id }) => id === spec.kind);
    if (!this.#states.has(spec.id)) this.#states.set(spec.id, {});
    return new kind.Card(this, spec, this.#states.get(spec.id));
  }

  // Which cards there are; elements are touched only when that is different. Cards in sight then update if told.
  #drawCards(update = false) {
    const visible = new Set(this.board.runs.visible());
    const ofVisibleRuns = this.#specs.filter((spec) => [...spec.runs].some((run) => visible.has(run)));
    const matches = this.#filter.matcher();
    const shown = ofVisibleRuns.filter((spec) => (this.#chips === null || this.#chips.shows(spec.kind)) && matches(spec.tag));
    this.#filter.suggest([...new Set(ofVisibleRuns.map((spec) => spec.tag))].sort(compareNaturally));
    const pinned = this.#pins === null ? [] : this.#pins.resolve(this.#specs);
    const list = JSON.stringify([shown.map((spec) => spec.id), pinned.map((spec) => spec.id), this.#filter.isEmpty]);
    if (list !== this.#drawnList) {
      this.#drawnList = list;
      this.#drawPinned(pinned);
      this.#groups.show(grouped(shown), !this.#filter.isEmpty);
      this.#sayNothing(shown, ofVisibleRuns);
    }
    // A run that came later may have a tag that is known already.
    const runsOf = new Map(this.#specs.map((spec) => [spec.id, spec.runs]));
    for (const card of this.#shelf.all) {
      card.pinsChanged?.();
      card.runsChanged?.(runsOf);
    }
    if (update) this.#shelf.active.forEach((card) => card.update());
  }

  #sayNothing(shown, ofVisibleRuns) {
    this.#nothing.textContent = shown.length > 0 ? ''
      : this.#specs.length === 0 ? 'There is no data for this page yet.'
        : ofVisibleRuns.length === 0 ? 'The runs selected on the left have nothing to show here.'
          : 'No tag matches the filter.';
  }

  // --- pins ----------------------------------------------------------------------------------------

  #drawPinned(specs) {
    this.#pinned.hidden = specs.length === 0;
    this.#pinned.replaceChildren(
      element('h2', {}, element('span', { class: 'group-title' }, icon('pin'), ' Pinned', element('span', { class: 'count' }, `${specs.length} of at most ${MOST_PINS}`))),
      element('div', { class: 'grid' }, ...specs.map((spec) => this.#shelf.card('pinned', spec).element)));
    this.#shelf.keepOnly('pinned', new Set(specs.map((spec) => spec.id)));
  }

  addPinButton(card, spec) {
    if (this.#pins === null) return;
    const button = card.addButton(icon('pin'), 'Pin to the top', () => {
      if (!this.#pins.toggle(spec)) {
        this.board.say(`You can pin up to ${MOST_PINS} cards.`);
        return;
      }
      this.#drawCards();
      this.board.say(this.#pins.has(spec) ? `Pinned ${spec.title} to the top.` : `Unpinned ${spec.title}.`);
    }, this.#pins.has(spec));
    card.pinsChanged = () => button.setAttribute('aria-pressed', this.#pins.has(spec));
  }

  #pinSettings() {
    return element('fieldset', {}, element('legend', {}, 'Pins'), element('button', {
      onclick: () => {
        this.#pins.clear();
        this.#drawCards();
      },
    }, 'Unpin all'));
  }

  addWidthButton(card, state) {
    card.element.classList.toggle('wide', Boolean(state.wide));
    const button = card.addButton(icon('width'), 'Full width', () => {
      state.wide = !state.wide;
      card.element.classList.toggle('wide', state.wide);
      button.setAttribute('aria-pressed', state.wide);
    }, Boolean(state.wide));
  }
}

// Where the page keeps its axis of time, null without one. Beside scalars histograms have the axis of these.
function timeAxisOption(kinds) {
  if (kinds.includes('scalars')) return 'xAxis';
  return kinds.includes('histograms') || kinds.includes('distributions') ? 'histogramAxis' : null;
}
