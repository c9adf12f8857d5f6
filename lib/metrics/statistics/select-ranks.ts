/** Moves the value of a rank (from 0) to its place among `from … to`: smaller ones before it, larger ones behind. */
function select(values: Int32Array, rank: number, from: number, to: number): void {
  let low = from;
  let high = to;
  while (low < high) {
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
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return;
  }
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/**
 * Moves the values of some ranks to their places, as sorting would, without sorting all of the list (quickselect).
 * @param values reordered in place
 * @param ranks from 0, ascending
 */
export function selectRanks(values: Int32Array, ranks: readonly number[]): void {
  let from = 0;
  for (const rank of ranks) {
    select(values, rank, from, values.length - 1);
    from = rank;
  }
}
