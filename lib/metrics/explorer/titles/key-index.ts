const FREE = -1;

function hashOf(repoId: number, number: number): number {
  const hash = Math.imul(Math.imul(repoId, 0x9e3779b1) ^ number, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** Numbers pull requests (repository id and number) from 0 in the order in which they are added. */
export class KeyIndex {
  private repoIds = new Int32Array(1 << 8);
  private numbers = new Int32Array(1 << 8);
  private slots = new Int32Array(1 << 9).fill(FREE);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Whether a pull request has this position. */
  isAt(position: number, repoId: number, number: number): boolean {
    return position < this.count && this.repoIds[position] === repoId && this.numbers[position] === number;
  }

  /** The position of a pull request, −1 when it is not known. */
  find(repoId: number, number: number): number {
    return this.slots[this.slotOf(repoId, number)] as number;
  }

  /** The position of a pull request, the next one when it was not known. */
  add(repoId: number, number: number): number {
    const slot = this.slotOf(repoId, number);
    const known = this.slots[slot] as number;
    if (known !== FREE) return known;
    const position = this.count;
    if (position === this.numbers.length) {
      this.repoIds = grown(this.repoIds);
      this.numbers = grown(this.numbers);
    }
    this.repoIds[position] = repoId;
    this.numbers[position] = number;
    this.slots[slot] = position;
    this.count += 1;
    if (this.count * 3 > this.slots.length * 2) this.spread();
    return position;
  }

  private slotOf(repoId: number, number: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(repoId, number) & mask;
    for (;;) {
      const position = this.slots[slot] as number;
      if (position === FREE || this.isAt(position, repoId, number)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private spread(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(FREE);
    const mask = slots.length - 1;
    for (let position = 0; position < this.count; position += 1) {
      let slot = hashOf(this.repoIds[position] as number, this.numbers[position] as number) & mask;
      while (slots[slot] !== FREE) slot = (slot + 1) & mask;
      slots[slot] = position;
    }
    this.slots = slots;
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}
