const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const FREE = -1;

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = FNV_OFFSET;
  for (let index = from; index < to; index += 1) hash = Math.imul(hash ^ (bytes[index] as number), FNV_PRIME);
  // The low bits choose the slot, so the high ones have to reach them.
  return hash ^ (hash >>> 15);
}

/** Every distinct word once, as bytes in one array, numbered from 0: a million of them cost a few bytes each. */
export class WordList {
  private text = new Uint8Array(1 << 12);
  private ends = new Uint32Array(1 << 8);
  private slots = new Int32Array(1 << 9).fill(FREE);
  private count = 0;

  /** The number of the word in these bytes, a new one when it was not known. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const slot = this.slotOf(bytes, from, to);
    const known = this.slots[slot] as number;
    if (known !== FREE) return known;
    const id = this.count;
    const start = this.startOf(id);
    if (start + to - from > this.text.length) {
      const text = new Uint8Array(Math.max(this.text.length * 2, start + to - from));
      text.set(this.text);
      this.text = text;
    }
    for (let index = from; index < to; index += 1) this.text[start + index - from] = bytes[index] as number;
    if (id === this.ends.length) {
      const ends = new Uint32Array(id * 2);
      ends.set(this.ends);
      this.ends = ends;
    }
    this.ends[id] = start + to - from;
    this.slots[slot] = id;
    this.count += 1;
    if (this.count * 2 > this.slots.length) this.spread();
    return id;
  }

  /** The number of a word, −1 when it is not known. */
  find(word: Uint8Array): number {
    return this.slots[this.slotOf(word, 0, word.length)] as number;
  }

  /** Marks (1) the words that hold these bytes anywhere. */
  containing(part: Uint8Array): Uint8Array {
    return this.marked((start, end) => {
      for (let at = start; at <= end - part.length; at += 1) if (this.holdsAt(at, part)) return true;
      return false;
    });
  }

  /** Marks (1) the words that start with these bytes. */
  startingWith(part: Uint8Array): Uint8Array {
    return this.marked((start, end) => end - start >= part.length && this.holdsAt(start, part));
  }

  /** Marks (1) the words that end with these bytes. */
  endingWith(part: Uint8Array): Uint8Array {
    return this.marked((start, end) => end - start >= part.length && this.holdsAt(end - part.length, part));
  }

  private marked(holds: (start: number, end: number) => boolean): Uint8Array {
    const marks = new Uint8Array(this.count);
    let start = 0;
    for (let id = 0; id < this.count; id += 1) {
      const end = this.ends[id] as number;
      if (holds(start, end)) marks[id] = 1;
      start = end;
    }
    return marks;
  }

  private holdsAt(at: number, part: Uint8Array): boolean {
    for (let index = 0; index < part.length; index += 1) if (this.text[at + index] !== part[index]) return false;
    return true;
  }

  private startOf(id: number): number {
    return id === 0 ? 0 : (this.ends[id - 1] as number);
  }

  /** The slot of a word, or the free one where it belongs. */
  private slotOf(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (;;) {
      const id = this.slots[slot] as number;
      if (id === FREE || this.isWord(id, bytes, from, to)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private isWord(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.startOf(id);
    if ((this.ends[id] as number) - start !== to - from) return false;
    for (let index = from; index < to; index += 1) {
      if (this.text[start + index - from] !== bytes[index]) return false;
    }
    return true;
  }

  private spread(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(FREE);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id += 1) {
      let slot = hashOf(this.text, this.startOf(id), this.ends[id] as number) & mask;
      while (slots[slot] !== FREE) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}
