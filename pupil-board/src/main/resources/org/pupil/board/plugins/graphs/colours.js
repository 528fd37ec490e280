// The colour of a node by its structure (groups that are alike share one) or by its device.

const PALETTE = ['#4e8fd0', '#e39a3b', '#5cb270', '#c86fc9', '#d9695f', '#3fb3b0', '#9a8ad6', '#b59b3f', '#e07fa6', '#7d9c3c'];
const NONE = '#9aa5b1';

export class NodeColours {
  #by;
  #structures = new Map();
  #devices = new Map();

  constructor(hierarchy, by) {
    this.#by = by;
    const counts = new Map();
    for (const item of hierarchy.byId.values()) {
      if (item.kind === 'op') this.#note(item.node.device);
      else if (item.kind === 'group' && item.parent !== null) counts.set(item.signature, (counts.get(item.signature) ?? 0) + 1);
    }
    for (const [signature, n] of counts) {
      if (n > 1) this.#structures.set(signature, PALETTE[this.#structures.size % PALETTE.length]);
    }
  }

  #note(device) {
    if (device && !this.#devices.has(device)) this.#devices.set(device, PALETTE[this.#devices.size % PALETTE.length]);
  }

  // [{colour, share}] whose shares make 1.
  of(item) {
    if (this.#by !== 'device') {
      if (item.kind === 'op') return [{ colour: NONE, share: 1 }];
      const alike = item.kind === 'series' ? item.children[0].signature : item.signature;
      return [{ colour: this.#structures.get(alike) ?? NONE, share: 1 }];
    }
    if (item.kind === 'op') return [{ colour: this.#devices.get(item.node.device) ?? NONE, share: 1 }];
    return [...item.devices].map(([device, n]) => ({ colour: this.#devices.get(device) ?? NONE, share: n / item.operations }));
  }

  legend() {
    if (this.#by !== 'device') {
      return [{ colour: PALETTE[0], text: 'same colour: same structure' }, { colour: NONE, text: 'unique, or a single node' }];
    }
    return [...[...this.#devices].map(([device, colour]) => ({ colour, text: device })), { colour: NONE, text: 'no device' }];
  }
}
