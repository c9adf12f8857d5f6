import { AppError } from "@/lib/core/errors";
import { MOST_NATIVE_EVENTS } from "./schema";

/** What a body holds, and how a field of one of its events is pointed at. */
export interface NativeBody {
  items: unknown[];
  /** JSON pointer (RFC 6901) of an event: its place in the array, or its line; empty for one that came alone. */
  pointerOf(index: number): string;
}

/** Stands for a line that cannot be read: the others are read without it. */
export class NotJson {}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError({ code: "bad_request", message: "The body is not JSON.", cause });
  }
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return new NotJson();
  }
}

/** @throws {AppError} `payload_too_large` for more events than a request may hold */
export function assertFew(count: number): void {
  if (count <= MOST_NATIVE_EVENTS) return;
  const message = `A request holds at most ${MOST_NATIVE_EVENTS} events, this one ${count}: send them in several.`;
  throw new AppError({ code: "payload_too_large", message });
}

/**
 * One event, an array of them, or one on each line (NDJSON).
 * @throws {AppError} `bad_request` for a body that is not JSON; `payload_too_large` for more than a request may hold
 */
export function readNativeBody(text: string, isLines: boolean): NativeBody {
  const lines = isLines ? text.split("\n").flatMap((line, at) => (line.trim() === "" ? [] : [{ line, at }])) : [];
  const whole = isLines ? null : parsed(text);
  const count = isLines ? lines.length : Array.isArray(whole) ? whole.length : 1;
  if (count === 0) throw new AppError({ code: "bad_request", message: "The body holds no event." });
  assertFew(count);
  if (isLines) {
    return { items: lines.map(({ line }) => parsedLine(line)), pointerOf: (index) => `/${lines[index]?.at ?? index}` };
  }
  return Array.isArray(whole)
    ? { items: whole, pointerOf: (index) => `/${index}` }
    : { items: [whole], pointerOf: () => "" };
}
