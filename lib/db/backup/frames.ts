import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";

/** What a backup is made of, in this order: one header, for each table its name and its rows, one end. */
export type Frame =
  | { type: "header"; value: unknown }
  | { type: "table"; value: unknown }
  | { type: "rows"; bytes: Buffer }
  | { type: "end"; value: unknown };

const MARK = { header: "H", table: "T", rows: "R", end: "E" } as const;
const HEAD_BYTES = 5;
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

function broken(message: string): AppError {
  return new AppError({ code: "bad_request", message: `This is not a whole backup: ${message}.` });
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    throw broken("a part of it was changed");
  }
}

/** Writes frames as bytes, and ends with a digest of all before it. */
export class FrameWriter {
  private readonly hash = createHash("sha256");

  write(frame: Frame): Buffer {
    const content = frame.type === "rows" ? frame.bytes : Buffer.from(JSON.stringify(frame.value), "utf8");
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(MARK[frame.type], 0, "latin1");
    head.writeUInt32BE(content.length, 1);
    const bytes = Buffer.concat([head, content]);
    this.hash.update(bytes);
    return bytes;
  }

  /** SHA-256 of everything that was written. */
  digest(): Buffer {
    return this.hash.digest();
  }
}

/** Takes bytes out of a stream in the sizes that are asked for. */
class ByteReader {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly source: AsyncIterator<Buffer>) {}

  /** @returns null at the very end. @throws {AppError} when the stream ends in the middle */
  async read(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [this.rest];
    let held = this.rest.length;
    while (held < length) {
      const { done, value } = await this.source.next();
      if (done === true) break;
      parts.push(value);
      held += value.length;
    }
    if (held === 0) return null;
    if (held < length) throw broken("it was cut off");
    const all = parts.length === 1 ? this.rest : Buffer.concat(parts, held);
    this.rest = all.subarray(length);
    return all.subarray(0, length);
  }
}

const TYPES = new Map(Object.entries(MARK).map(([type, mark]) => [mark as string, type as Frame["type"]]));

/**
 * Reads frames back, and checks at the end that every byte is what was written.
 * @throws {AppError} `bad_request` saying what is wrong
 */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const reader = new ByteReader(source[Symbol.asyncIterator]());
  const hash = createHash("sha256");
  for (;;) {
    const head = await reader.read(HEAD_BYTES);
    if (head === null) throw broken("its end is missing");
    const type = TYPES.get(head.toString("latin1", 0, 1));
    const length = head.readUInt32BE(1);
    if (type === undefined || length > MAX_FRAME_BYTES) throw broken("it holds something else");
    const content = length === 0 ? Buffer.alloc(0) : await reader.read(length);
    if (content === null) throw broken("it was cut off");
    hash.update(head).update(content);
    if (type === "rows") yield { type, bytes: content };
    else yield { type, value: parseJson(content) };
    if (type !== "end") continue;
    const digest = await reader.read(32);
    if (digest === null || !digest.equals(hash.digest())) throw broken("a part of it was changed");
    if ((await reader.read(1)) !== null) throw broken("something follows its end");
    return;
  }
}
