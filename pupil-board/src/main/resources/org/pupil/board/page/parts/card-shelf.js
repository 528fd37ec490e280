// Holds the cards that are on the page. A card works only while it is in sight, or nearly.
const NEAR = '300px';

export class CardShelf {
  #make;
  // By place and id, because a pinned card is there twice.
  #cards = new Map();
  #inSight = new Set();
  #observer = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: NEAR });

  // make(spec) makes a card.
  constructor(make) {
    this.#make = make;
  }

  destroy() {
    this.#observer.disconnect();
    for (const { card } of this.#cards.values()) card.hide();
    this.#cards.clear();
    this.#inSight.clear();
  }

  card(place, spec) {
    const key = `${place} ${spec.id}`;
    if (!this.#cards.has(key)) {
      const card = this.#make(spec);
      this.#cards.set(key, { place, id: spec.id, card });
      this.#observer.observe(card.element);
    }
    return this.#cards.get(key).card;
  }

  // Lets go of the others of this place.
  keepOnly(place, ids) {
    for (const [key, entry] of this.#cards) {
      if (entry.place !== place || ids.has(entry.id)) continue;
      this.#observer.unobserve(entry.card.element);
      this.#leave(entry.card);
      this.#cards.delete(key);
    }
  }

  get all() {
    return [...this.#cards.values()].map(({ card }) => card);
  }

  // The cards in sight.
  get active() {
    return [...this.#inSight];
  }

  #moved(entries) {
    for (const entry of entries) {
      const found = [...this.#cards.values()].find(({ card }) => card.element === entry.target);
      if (!found) continue;
      if (!entry.isIntersecting) {
        this.#leave(found.card);
      } else if (!this.#inSight.has(found.card)) {
        this.#inSight.add(found.card);
        found.card.show();
      }
    }
  }

  #leave(card) {
    if (this.#inSight.delete(card)) card.hide();
  }
}
