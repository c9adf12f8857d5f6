import { BLOCK } from "./cell-coder";

let cells = new Int32Array(BLOCK);
let values = new Int32Array(BLOCK);

/**
 * Room for the cells of a bucket's rows, the same memory every time: what it holds is of no use after the bucket. The
 * longest bucket that was ever asked for decides how much there is, four bytes per pull request.
 */
export function cellBuffer(length: number): Int32Array {
  if (length > cells.length) cells = new Int32Array(length + (length >>> 3));
  return cells;
}

/** The same for numbers of a bucket's rows. */
export function valueBuffer(length: number): Int32Array {
  if (length > values.length) values = new Int32Array(length + (length >>> 3));
  return values;
}
