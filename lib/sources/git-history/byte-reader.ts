/** Reads lines and exact lengths from a stream of chunks, asking for the next chunk only when it needs it. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterator<Buffer>) {
    this.#chunks = chunks;
  }

  /** Bytes before the next newline, which is consumed too; null when the stream ends first. */
  async line(): Promise<Buffer | null> {
    let searched = 0;
    for (;;) {
      const end = this.#buffer.indexOf(10, searched);
      if (end >= 0) {
        const line = this.#buffer.subarray(0, end);
        this.#buffer = this.#buffer.subarray(end + 1);
        return line;
      }
      searched = this.#buffer.length;
      if (!(await this.#more())) return null;
    }
  }

  /** Exactly `length` bytes; null when the stream ends first. */
  async exactly(length: number): Promise<Buffer | null> {
    while (this.#buffer.length < length) {
      if (!(await this.#more(length - this.#buffer.length))) return null;
    }
    const bytes = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return bytes;
  }

  /** Everything up to `marker`, when the marker ends what has arrived; the marker is consumed. null at the end. */
  async untilTrailing(marker: Buffer): Promise<Buffer | null> {
    const parts: Buffer[] = [this.#buffer];
    let tail = this.#buffer;
    while (tail.length < marker.length || !tail.subarray(-marker.length).equals(marker)) {
      const { done, value } = await this.#chunks.next();
      if (done === true || value === undefined) return null;
      parts.push(value);
      tail = value.length >= marker.length ? value : Buffer.concat([tail.subarray(-marker.length), value]);
    }
    this.#buffer = Buffer.alloc(0);
    const all = Buffer.concat(parts);
    return all.subarray(0, all.length - marker.length);
  }

  /** Waits for at least `wanted` bytes or the end; collecting parts first keeps large objects linear. */
  async #more(wanted = 1): Promise<boolean> {
    const parts: Buffer[] = [this.#buffer];
    let missing = wanted;
    while (missing > 0) {
      const { done, value } = await this.#chunks.next();
      if (done === true || value === undefined) return false;
      parts.push(value);
      missing -= value.length;
    }
    this.#buffer = Buffer.concat(parts);
    return true;
  }
}
