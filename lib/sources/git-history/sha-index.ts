/** Numbers commit ids 0, 1, 2 … in order of arrival, in some 30 bytes each: a Map of strings would take five times that. */
export class ShaIndex {
  readonly #width: number;
  #keys: Buffer;
  /** Open addressing; 0 is free, otherwise number + 1. */
  #slots: Int32Array;
  #size = 0;

  /** `width` is the length of an id in bytes: 20 for SHA-1, 32 for SHA-256. */
  constructor(width: number) {
    this.#width = width;
    this.#keys = Buffer.alloc(1024 * width);
    this.#slots = new Int32Array(2048);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of an id, new or known. */
  add(sha: string): number {
    const key = Buffer.from(sha, "hex");
    const slot = this.#slot(key, this.#slots);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    if ((this.#size + 1) * this.#width > this.#keys.length) {
      this.#keys = Buffer.concat([this.#keys], this.#keys.length * 2);
    }
    key.copy(this.#keys, this.#size * this.#width);
    this.#size += 1;
    this.#slots[slot] = this.#size;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return this.#size - 1;
  }

  /** The number of an id, or -1. */
  find(sha: string): number {
    return (this.#slots[this.#slot(Buffer.from(sha, "hex"), this.#slots)] ?? 0) - 1;
  }

  sha(number: number): string {
    return this.#key(number).toString("hex");
  }

  #key(number: number): Buffer {
    return this.#keys.subarray(number * this.#width, (number + 1) * this.#width);
  }

  /** Ids are hashes already: their first bytes spread evenly. */
  #slot(key: Buffer, slots: Int32Array): number {
    let slot = key.readUInt32BE(0) % slots.length;
    for (let held = slots[slot] ?? 0; held > 0; held = slots[slot] ?? 0) {
      if (this.#keys.compare(key, 0, this.#width, (held - 1) * this.#width, held * this.#width) === 0) return slot;
      slot = (slot + 1) % slots.length;
    }
    return slot;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number += 1) slots[this.#slot(this.#key(number), slots)] = number + 1;
    this.#slots = slots;
  }
}
