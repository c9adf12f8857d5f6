/** Up to this many possible cells each has a place of its own; beyond, cells are found by hashing. */
const DIRECT_LIMIT = 2 ** 21;
const FIRST_SLOTS = 1024;

/** Counts how often each cell occurs, and remembers which ones did. Reused from bucket to bucket. */
export class CellCounts {
  /** Of the cells that were added last: position in `touched`, −1 for one that was left out. */
  readonly positions: Int32Array;
  /** Cells that occurred since the last reset, in the order of their first row. */
  touched = new Int32Array(FIRST_SLOTS);
  /** How often, by position in `touched`. */
  counts = new Int32Array(FIRST_SLOTS);
  used = 0;
  /** By cell (direct) or by hash: position in `touched` plus one, 0 for none. */
  private slots: Int32Array;
  private readonly direct: boolean;

  /**
   * @param size cells that could exist
   * @param block cells that are added at once, at most
   */
  constructor(size: number, block: number) {
    this.positions = new Int32Array(block);
    this.direct = size <= DIRECT_LIMIT;
    this.slots = new Int32Array(this.direct ? Math.max(size, 1) : FIRST_SLOTS * 4);
  }

  /** Forgets what was counted, at a cost of what was touched. */
  reset(): void {
    if (this.direct) {
      for (let index = 0; index < this.used; index += 1) this.slots[this.touched[index] as number] = 0;
    } else this.slots.fill(0);
    this.used = 0;
  }

  /** Counts the first `length` cells; negative ones are left out. */
  add(cells: Int32Array, length: number): void {
    if (this.direct) this.addDirect(cells, length);
    else this.addHashed(cells, length);
  }

  private addDirect(cells: Int32Array, length: number): void {
    const { positions, slots } = this;
    let { counts } = this;
    for (let row = 0; row < length; row += 1) {
      const cell = cells[row] as number;
      if (cell < 0) {
        positions[row] = -1;
        continue;
      }
      let position = (slots[cell] as number) - 1;
      if (position < 0) {
        position = this.touch(cell);
        slots[cell] = position + 1;
        counts = this.counts;
      }
      counts[position] = (counts[position] as number) + 1;
      positions[row] = position;
    }
  }

  private addHashed(cells: Int32Array, length: number): void {
    const { positions } = this;
    for (let row = 0; row < length; row += 1) {
      const cell = cells[row] as number;
      if (cell < 0) {
        positions[row] = -1;
        continue;
      }
      const slot = this.find(cell);
      let position = (this.slots[slot] as number) - 1;
      if (position < 0) {
        position = this.touch(cell);
        this.slots[slot] = position + 1;
        if (this.used * 2 > this.slots.length) this.growHash();
      }
      this.counts[position] = (this.counts[position] as number) + 1;
      positions[row] = position;
    }
  }

  /** Gives a cell the next position. */
  private touch(cell: number): number {
    if (this.used === this.touched.length) {
      this.touched = grown(this.touched);
      this.counts = grown(this.counts);
    }
    this.touched[this.used] = cell;
    this.counts[this.used] = 0;
    this.used += 1;
    return this.used - 1;
  }

  private find(cell: number): number {
    const mask = this.slots.length - 1;
    let at = (Math.imul(cell, 0x9e3779b1) >>> 7) & mask;
    for (;;) {
      const slot = this.slots[at] as number;
      if (slot === 0 || this.touched[slot - 1] === cell) return at;
      at = (at + 1) & mask;
    }
  }

  private growHash(): void {
    this.slots = new Int32Array(this.slots.length * 4);
    for (let index = 0; index < this.used; index += 1) {
      this.slots[this.find(this.touched[index] as number)] = index + 1;
    }
  }
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
