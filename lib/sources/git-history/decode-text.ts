import { isUtf8 } from "node:buffer";

/** `damaged`: some bytes were no text in the declared encoding and stand as U+FFFD. */
export interface DecodedText {
  text: string;
  damaged: boolean;
}

/**
 * Text of a commit: UTF-8 unless its `encoding` header says otherwise. NUL, which PostgreSQL cannot store, becomes
 * U+FFFD; line ends become `\n`.
 */
export function decodeText(bytes: Buffer, encoding: string | null = null): DecodedText {
  const decoder = encoding === null || /^utf-?8$/i.test(encoding) ? null : decoderFor(encoding);
  const text = decoder === null ? bytes.toString("utf8") : decoder.decode(bytes);
  const damaged = decoder === null ? !isUtf8(bytes) : text.includes("\uFFFD");
  const hasNul = text.includes("\0");
  return {
    text: (hasNul ? text.replaceAll("\0", "\uFFFD") : text).replaceAll("\r\n", "\n"),
    damaged: damaged || hasNul,
  };
}

/** null for a name that is no encoding: then the bytes are read as UTF-8. */
function decoderFor(encoding: string): TextDecoder | null {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true });
  } catch {
    return null;
  }
}
