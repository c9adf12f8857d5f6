let buffer = new Uint32Array(1 << 10);

/**
 * Room for that many row numbers, the same memory every time: a list over millions of rows leaves nothing to collect.
 * It holds until the next call, so use it up before the next `await` and before the next table.
 */
export function rowBuffer(length: number): Uint32Array {
  if (length > buffer.length) buffer = new Uint32Array(length + (length >>> 3));
  return buffer.subarray(0, length);
}
