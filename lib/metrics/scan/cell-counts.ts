/** Up to this many possible cells every one has its count, and going over all of them costs nothing. */
const SMALL_LIMIT = 2 ** 12;
/** Up to this many possible cells each has a place of its own; beyond, cells are found by hashing. */
export const DIRECT_LIMIT = 2 ** 21;
const FIRST_SLOTS = 1024;

/**
 * Counts how often each cell occurs, and remembers which ones did. Reused from bucket to bucket. What is left out is
 * cell 0, counted like any other, always at position 0: a branch that guesses wrong costs more than a count.
 */
export class CellCounts {
  /** Of the cells that were added last: their positions, from `positionsAt` on. */
  positions: Int32Array;
  positionsAt = 0;
  /** How often, by position. */
  counts: Int32Array;
  /** Positions that are taken. */
  used = 1;
  /** Whether a cell is its own position, before and after a reset. */
  readonly small: boolean;
  /** Cells by position; those that occurred since the last reset. */
  private touched: Int32Array;
  /** By cell (direct) or by hash: position, 0 for none. */
  private slots: Int32Array;
  private readonly direct: boolean;

  /**
   * @param size cells that could exist, beside cell 0
   * @param block cells that are added at once, at most
   */
  constructor(size: number, block: number) {
    this.small = size <= SMALL_LIMIT;
    this.direct = size <= DIRECT_LIMIT;
    this.positions = new Int32Array(this.small ? 0 : block);
    this.touched = new Int32Array(this.small ? 0 : FIRST_SLOTS);
    this.counts = new Int32Array(this.small ? cellsWithOut(size) : FIRST_SLOTS);
    this.slots = new Int32Array(this.small ? 0 : this.direct ? size + 1 : FIRST_SLOTS * 4);
    if (this.small) this.used = size + 1;
  }

  /** The cell of a position. */
  cellAt(position: number): number {
    return this.small ? position : (this.touched[position] as number);
  }

  /** Forgets what was counted, at a cost of what was touched. */
  reset(): void {
    if (this.small) {
      this.counts.fill(0);
      return;
    }
    if (this.direct) {
      for (let index = 1; index < this.used; index += 1) this.slots[this.touched[index] as number] = 0;
    } else this.slots.fill(0);
    this.counts[0] = 0;
    this.used = 1;
  }

  /** Counts `length` cells from `at` on. */
  add(cells: Int32Array, at: number, length: number): void {
    if (this.small) this.addSmall(cells, at, length);
    else if (this.direct) this.addDirect(cells, at, length);
    else this.addHashed(cells, at, length);
  }

  private addSmall(cells: Int32Array, at: number, length: number): void {
    const { counts } = this;
    const end = at + length;
    for (let index = at; index < end; index += 1) {
      const cell = cells[index] as number;
      counts[cell] = (counts[cell] as number) + 1;
    }
    this.positions = cells;
    this.positionsAt = at;
  }

  private addDirect(cells: Int32Array, at: number, length: number): void {
    const { positions, slots } = this;
    let { counts } = this;
    for (let index = 0; index < length; index += 1) {
      const cell = cells[at + index] as number;
      let position = slots[cell] as number;
      if (position === 0 && cell !== 0) {
        position = this.touch(cell);
        slots[cell] = position;
        counts = this.counts;
      }
      counts[position] = (counts[position] as number) + 1;
      positions[index] = position;
    }
  }

  private addHashed(cells: Int32Array, at: number, length: number): void {
    const { positions } = this;
    for (let index = 0; index < length; index += 1) {
      const cell = cells[at + index] as number;
      const slot = cell === 0 ? -1 : this.find(cell);
      let position = slot < 0 ? 0 : (this.slots[slot] as number);
      if (position === 0 && slot >= 0) {
        position = this.touch(cell);
        this.slots[slot] = position;
        if (this.used * 2 > this.slots.length) this.growHash();
      }
      this.counts[position] = (this.counts[position] as number) + 1;
      positions[index] = position;
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
      if (slot === 0 || this.touched[slot] === cell) return at;
      at = (at + 1) & mask;
    }
  }

  private growHash(): void {
    this.slots = new Int32Array(this.slots.length * 4);
    for (let index = 1; index < this.used; index += 1) {
      this.slots[this.find(this.touched[index] as number)] = index;
    }
  }
}

/** How many numbers of cells there are when what is left out may also stand behind all cells, whatever its answers. */
export const cellsWithOut = (size: number): number => 2 * size + 2;

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
