import { AppError } from "@/lib/core/errors";

const MEGABYTE = 1024 * 1024;

/** Bytes that requests of this process are reading or may still send. */
let reserved = 0;
const MAX_RESERVED_BYTES = 256 * MEGABYTE;

function declaredLength(header: string | null): number | null {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

async function readChunks(source: Chunks, maxBytes: number, tooLarge: () => AppError): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of source) {
      length += chunk.byteLength;
      if (length > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError({ code: "bad_request", message: "The body ended before it was whole.", cause });
  }
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  return Buffer.concat(chunks, length);
}

/**
 * The bytes of a body exactly as they came, at most `maxBytes` of them. All bodies that are being read share a budget, so
 * many large ones at once are turned away instead of filling the memory.
 * @param options.declared the Content-Length header
 * @throws {AppError} `payload_too_large`, or `unavailable` when too much is being read
 */
export async function readRawBody(
  source: Chunks,
  { declared: header, maxBytes }: { declared: string | null; maxBytes: number },
): Promise<Buffer> {
  const tooLarge = () =>
    new AppError({
      code: "payload_too_large",
      message: `The body is larger than ${Math.floor(maxBytes / MEGABYTE)} MB.`,
    });
  const declared = declaredLength(header);
  if (declared !== null && declared > maxBytes) throw tooLarge();
  const share = declared ?? maxBytes;
  if (reserved + share > MAX_RESERVED_BYTES) {
    throw new AppError({ code: "unavailable", message: "Too many large requests at once; send it again." });
  }
  reserved += share;
  try {
    return await readChunks(source, maxBytes, tooLarge);
  } finally {
    reserved -= share;
  }
}
