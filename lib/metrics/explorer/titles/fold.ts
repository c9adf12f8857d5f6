const HIGHEST_ASCII = 0x7f;
const [UPPER_A, UPPER_Z, TO_LOWER] = [0x41, 0x5a, 0x20];

/** Text as it is searched: lower case, and one sigma where Greek writes another one at the end of a word. */
export function foldText(text: string): Buffer {
  return Buffer.from(text.toLowerCase().replaceAll("ς", "σ"));
}

/** The same of UTF-8 bytes, which are changed in place when they are plain ASCII. */
export function foldBytes(bytes: Uint8Array): Uint8Array {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (byte > HIGHEST_ASCII) return foldText(Buffer.from(bytes).toString("utf8"));
    if (byte >= UPPER_A && byte <= UPPER_Z) bytes[index] = byte + TO_LOWER;
  }
  return bytes;
}
