/** Up to this many values are sorted by insertion: faster than any cleverness. */
const FEW = 24;

/** Sorts the values `from … to` by insertion. */
export function sortFew(values: Int32Array, from: number, to: number): void {
  for (let index = from + 1; index <= to; index += 1) {
    const value = values[index] as number;
    let place = index - 1;
    while (place >= from && (values[place] as number) > value) {
      values[place + 1] = values[place] as number;
      place -= 1;
    }
    values[place + 1] = value;
  }
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/**
 * Moves the values of some ranks to their places, as sorting the values `from … to` would, without sorting all of them
 * (quickselect for several ranks at once).
 * @param values reordered in place
 * @param ranks positions in `values`, ascending
 */
export function selectRanks(
  values: Int32Array,
  ranks: readonly number[],
  from = 0,
  to = values.length - 1,
  firstRank = 0,
  endRank = ranks.length,
): void {
  let [low, high, first, end] = [from, to, firstRank, endRank];
  while (first < end) {
    if (high - low < FEW) {
      sortFew(values, low, high);
      return;
    }
    const pivot = middleOfThree(values[low] as number, values[(low + high) >>> 1] as number, values[high] as number);
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const moved = values[left] as number;
      values[left] = values[right] as number;
      values[right] = moved;
      left += 1;
      right -= 1;
    }
    // Between the two parts stands what equals the pivot: ranks there are done.
    let below = first;
    while (below < end && (ranks[below] as number) <= right) below += 1;
    let above = below;
    while (above < end && (ranks[above] as number) < left) above += 1;
    if (first < below) selectRanks(values, ranks, low, right, first, below);
    first = above;
    low = left;
  }
}
