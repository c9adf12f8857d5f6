/** Elements are smaller. */
const ELEMENTS = 2 ** 20;

/** Gives every distinct sequence of whole numbers a number of its own, smaller than 2³². */
export class Sequences {
  private readonly known = new Map<number, number>();

  /** The number of a sequence with one more element, below 2²⁰; 0 is the empty sequence. */
  append(sequence: number, element: number): number {
    const key = sequence * ELEMENTS + element;
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.known.size + 1;
      this.known.set(key, found);
    }
    return found;
  }
}
