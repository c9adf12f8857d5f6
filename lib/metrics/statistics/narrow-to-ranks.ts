/** Values below 128 have a range of their own; above, each power of two is split into 64. */
const SPLIT_BITS = 6;
const WIDEST_SHIFT = 31 - SPLIT_BITS;
const RANGES = (WIDEST_SHIFT + 1) << SPLIT_BITS;
const counts = new Int32Array(RANGES);

/** The least value of a range; of the one behind the last, the first that no value reaches. */
function startOf(range: number): number {
  const shift = Math.max(0, (range >>> SPLIT_BITS) - 1);
  return (range - (shift << SPLIT_BITS)) * 2 ** shift;
}

/** Counts how many values lie in each range. @returns whether one is negative, which no range is for */
function countRanges(values: Int32Array, from: number, to: number): boolean {
  counts.fill(0);
  let signs = 0;
  for (let index = from; index < to; index += 1) {
    const value = values[index] as number;
    const shift = WIDEST_SHIFT - Math.clz32(value | (1 << SPLIT_BITS));
    const range = (shift << SPLIT_BITS) + (value >> shift);
    counts[range] = (counts[range] as number) + 1;
    signs |= value;
  }
  return signs < 0;
}

/**
 * Moves the values between two ranks, and few others, to the front of a list: by counting how many values lie in each
 * of some ranges, so that no two values have to be compared.
 * @param values those of `from … to − 1` are reordered in place
 * @param first the lower rank (from 0)
 * @param last the higher one
 * @returns where what was moved ends, and how many values are smaller than all of it
 */
export function narrowToRanks(
  values: Int32Array,
  from: number,
  to: number,
  first: number,
  last: number,
): { end: number; before: number } {
  if (countRanges(values, from, to)) return { end: to, before: 0 };
  let range = 0;
  let before = 0;
  while (before + (counts[range] as number) <= first) {
    before += counts[range] as number;
    range += 1;
  }
  const least = startOf(range);
  let upTo = before + (counts[range] as number);
  while (upTo <= last) {
    range += 1;
    upTo += counts[range] as number;
  }
  const width = startOf(range + 1) - 1 - least;
  let end = from;
  for (let index = from; index < to; index += 1) {
    const value = values[index] as number;
    // One question that is nearly always answered with no; two would be guessed wrong half of the time.
    if ((value - least) >>> 0 > width) continue;
    values[index] = values[end] as number;
    values[end] = value;
    end += 1;
  }
  return { end, before };
}
