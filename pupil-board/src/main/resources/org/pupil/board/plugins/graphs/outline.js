// The graph as a tree of text: for a screen reader, and for whoever would rather read.
import { element } from '../../page/html.js';

const MOST_CHILDREN = 500;

export class Outline {
  // actions: {show(id)}
  constructor(actions) {
    this.actions = actions;
    this.list = element('ul', { class: 'graph-outline', role: 'tree', 'aria-label': 'The graph as a list' });
    this.list.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show(hierarchy) {
    this.list.replaceChildren(...this.#children(hierarchy.root));
    this.list.firstElementChild?.setAttribute('tabindex', 0);
  }

  #children(group) {
    const rows = group.children.slice(0, MOST_CHILDREN).map((item) => this.#row(item));
    if (group.children.length > MOST_CHILDREN) rows.push(element('li', { role: 'none', class: 'note' }, `${group.children.length - MOST_CHILDREN} more`));
    return rows;
  }

  #row(item) {
    const isGroup = item.kind !== 'op';
    const note = isGroup ? `${item.operations} nodes` : item.node.op;
    const label = element('span', { class: 'graph-outline-row' }, isGroup ? element('span', { class: 'graph-twist', 'aria-hidden': 'true' }, '▸') : null,
      element('span', {}, item.name), element('span', { class: 'note' }, note));
    const row = element('li', { role: 'treeitem', tabindex: -1, 'aria-expanded': isGroup ? 'false' : null, 'aria-label': `${item.name}, ${note}` }, label);
    row.item = item;
    label.addEventListener('click', () => {
      if (isGroup) this.#setOpen(row, row.getAttribute('aria-expanded') === 'false');
      this.#focus(row);
      this.actions.show(item.id);
    });
    return row;
  }

  #setOpen(row, open) {
    row.setAttribute('aria-expanded', open);
    row.querySelector(':scope > ul')?.remove();
    if (open) row.append(element('ul', { role: 'group' }, ...this.#children(row.item)));
  }

  #focus(row) {
    this.list.querySelector('[tabindex="0"]')?.setAttribute('tabindex', -1);
    row.setAttribute('tabindex', 0);
    row.focus();
  }

  #onKey(event) {
    const row = event.target.closest('[role=treeitem]');
    if (row === null) return;
    const all = [...this.list.querySelectorAll('[role=treeitem]')];
    const at = all.indexOf(row);
    const open = row.getAttribute('aria-expanded');
    const actions = {
      ArrowDown: () => all[at + 1] && this.#focus(all[at + 1]),
      ArrowUp: () => all[at - 1] && this.#focus(all[at - 1]),
      Home: () => this.#focus(all[0]),
      End: () => this.#focus(all.at(-1)),
      ArrowRight: () => (open === 'false' ? this.#setOpen(row, true) : open === 'true' && all[at + 1] && this.#focus(all[at + 1])),
      ArrowLeft: () => {
        const parent = row.parentElement.closest('[role=treeitem]');
        if (open === 'true') this.#setOpen(row, false);
        else if (parent !== null) this.#focus(parent);
      },
      Enter: () => this.actions.show(row.item.id),
      ' ': () => this.actions.show(row.item.id),
    };
    if (actions[event.key] === undefined) return;
    event.preventDefault();
    actions[event.key]();
  }
}
