import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { quoteIdentifier } from "./sql";

/** What a column of COPY takes. Lists become PostgreSQL arrays; anything for a JSON column is wrapped in `CopyJson`. */
export type CopyValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly string[]
  | readonly number[]
  | CopyJson;

/** A value for a `json` or `jsonb` column. */
export class CopyJson {
  constructor(readonly value: unknown) {}
}

const CHUNK_CHARACTERS = 64 * 1024;

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** What COPY's text format or PostgreSQL's text cannot hold as it is; most texts have nothing of it. */
const SPECIAL = /[\\\b\f\n\r\t\v\0\ud800-\udfff]/;

/** Escapes a text for COPY's text format. PostgreSQL cannot hold U+0000 in text; it becomes U+FFFD. */
function escapeText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.toWellFormed().replace(/[\\\b\f\n\r\t\v\0]/g, (character) => ESCAPES[character] ?? "\uFFFD");
}

function arrayLiteral(items: readonly (string | number)[]): string {
  const quoted = items.map((item) => `"${String(item).replace(/["\\]/g, "\\$&")}"`);
  return `{${quoted.join(",")}}`;
}

function encodeValue(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escapeText(value);
  // String() loses the sign of a negative zero, which a double keeps.
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Date) return value.toISOString();
  if (value instanceof CopyJson) return escapeText(toJsonText(value.value));
  if (Array.isArray(value)) return escapeText(arrayLiteral(value));
  return String(value);
}

/** How JSON writes U+0000 and lone surrogates. */
const REFUSED_ESCAPE = /\\u(?:0000|d[89a-f])/;

/**
 * A value as JSON that PostgreSQL takes. A text cut inside a character (a lone surrogate) and U+0000 would be refused
 * with everything around them; they become U+FFFD.
 */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value);
  // Looking at every part takes five times as long as writing it, so only what has such an escape is written again.
  if (!REFUSED_ESCAPE.test(text)) return text;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part,
  );
}

/** One line of COPY's text format, with its line feed. */
export function encodeCopyRow(row: readonly CopyValue[]): string {
  let line = "";
  let separator = "";
  for (const value of row) {
    line += separator + encodeValue(value);
    separator = "\t";
  }
  return `${line}\n`;
}

function copyChunks(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  chunks: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const target = table.split(".").map(quoteIdentifier).join(".");
  const statement = `copy ${target} (${columns.map(quoteIdentifier).join(", ")}) from stdin`;
  return pipeline(Readable.from(chunks, { objectMode: true }), client.query(copyFrom(statement)));
}

/** Writes rows that `encodeCopyRow` made, as `copyRows` does. */
export function copyLines(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  function* chunks() {
    let chunk = "";
    for (const line of lines) {
      chunk += line;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = "";
    }
    if (chunk !== "") yield chunk;
  }
  return copyChunks(client, table, columns, chunks());
}

/**
 * Writes rows with `COPY … FROM STDIN`, in the order of `columns`, holding no more than one chunk in memory.
 * @param table a table of ours, `name` or `schema.name`; never input
 * @returns the number of rows written; on an error nothing of this COPY is kept
 */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  let count = 0;
  let chunk = "";
  /** Takes a row in; true when the chunk is full. */
  const add = (row: readonly CopyValue[]): boolean => {
    chunk += encodeCopyRow(row);
    count += 1;
    return chunk.length >= CHUNK_CHARACTERS;
  };
  const take = (): string => {
    const full = chunk;
    chunk = "";
    return full;
  };
  async function* chunks() {
    // Waiting for each row of a list would cost more than encoding it.
    if (Symbol.iterator in rows) {
      for (const row of rows) if (add(row)) yield take();
    } else {
      for await (const row of rows) if (add(row)) yield take();
    }
    if (chunk !== "") yield chunk;
  }
  await copyChunks(client, table, columns, chunks());
  return count;
}
