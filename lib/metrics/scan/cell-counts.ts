/** Up to this many possible cells every one has its count, and going over all of them costs nothing. */
const SMALL_LIMIT = 2 ** 12;
/** Up to this many possible cells each has a place of its own; beyond, cells are found by hashing. */
const DIRECT_LIMIT = 2 ** 21;
const FIRST_SLOTS = 1024;

/** Counts how often each cell occurs, and remembers which ones did. Reused from bucket to bucket. */
export class CellCounts {
  /** Of the cells that were added last: position in `touched`, negative for one that was left out. */
  positions: Int32Array;
  /** Cells that occurred since the last reset, or all possible ones when they are few. */
  touched: Int32Array;
  /** How often, by position in `touched`. */
  counts: Int32Array;
  used = 0;
  /** Whether a cell is its own position, before and after a reset. */
  readonly small: boolean;
  /** By cell (direct) or by hash: position in `touched` plus one, 0 for none. */
  private slots: Int32Array;
  private readonly direct: boolean;

  /**
   * @param size cells that could exist
   * @param block cells that are added at once, at most
   */
  constructor(size: number, block: number) {
    this.small = size <= SMALL_LIMIT;
    this.direct = size <= DIRECT_LIMIT;
    this.positions = new Int32Array(this.small ? 0 : block);
    this.touched = this.small ? Int32Array.from({ length: size }, (_, cell) => cell) : new Int32Array(FIRST_SLOTS);
    // The counts behind the cells are of what is left out, which is counted as well and never looked at.
    this.counts = new Int32Array(this.small ? size * 2 + 1 : FIRST_SLOTS);
    this.slots = new Int32Array(this.small ? 0 : this.direct ? size : FIRST_SLOTS * 4);
    if (this.small) this.used = size;
  }

  /** Forgets what was counted, at a cost of what was touched. */
  reset(): void {
    if (this.small) {
      this.counts.fill(0);
      return;
    }
    if (this.direct) {
      for (let index = 0; index < this.used; index += 1) this.slots[this.touched[index] as number] = 0;
    } else this.slots.fill(0);
    this.used = 0;
  }

  /** Counts the first `length` cells; negative ones are left out. */
  add(cells: Int32Array, length: number): void {
    if (this.small) this.addSmall(cells, length);
    else if (this.direct) this.addDirect(cells, length);
    else this.addHashed(cells, length);
  }

  private addSmall(cells: Int32Array, length: number): void {
    const { counts, used } = this;
    for (let row = 0; row < length; row += 1) {
      const cell = cells[row] as number;
      // Every row counts somewhere: a branch that guesses wrong costs more than a count.
      const at = cell < 0 ? used : cell;
      counts[at] = (counts[at] as number) + 1;
    }
    this.positions = cells;
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
