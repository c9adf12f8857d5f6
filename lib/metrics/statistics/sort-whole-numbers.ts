/** Bits that are looked at together: few enough for their counts to stay in the processor's nearest cache. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Shorter lists are sorted faster by comparing. */
const COUNTED_FROM = 1024;

let spare: Int32Array = new Int32Array(COUNTED_FROM);

/** Sorts whole numbers from 0 on, ascending and in place: long lists by counting their digits. */
export function sortWholeNumbers(values: Int32Array, length: number): void {
  if (length < COUNTED_FROM) {
    values.subarray(0, length).sort();
    return;
  }
  if (spare.length < length) spare = new Int32Array(length + (length >>> 3));
  let all = 0;
  for (let index = 0; index < length; index += 1) all |= values[index] as number;
  let from = values;
  let to = spare;
  for (let shift = 0; all >>> shift > 0; shift += DIGIT_BITS) {
    sortByDigit(from, to, length, shift);
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from.subarray(0, length));
}

function sortByDigit(from: Int32Array, to: Int32Array, length: number, shift: number): void {
  const starts = new Int32Array(DIGITS + 1);
  for (let index = 0; index < length; index += 1) {
    const digit = ((from[index] as number) >>> shift) & (DIGITS - 1);
    starts[digit + 1] = (starts[digit + 1] as number) + 1;
  }
  for (let digit = 1; digit < DIGITS; digit += 1) {
    starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  }
  for (let index = 0; index < length; index += 1) {
    const value = from[index] as number;
    const digit = (value >>> shift) & (DIGITS - 1);
    const place = starts[digit] as number;
    to[place] = value;
    starts[digit] = place + 1;
  }
}
