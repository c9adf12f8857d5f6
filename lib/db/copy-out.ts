import type { PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Sql } from "./sql";

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
/** The signature, flags, and the length of an extension that no version of PostgreSQL has used. */
const HEADER_BYTES = SIGNATURE.length + 8;
const TRAILER = -1;
const NULL_LENGTH = -1;

/** One row of COPY's binary format; columns count from 0. The same object is filled for every row. */
export class BinaryRow {
  private data: DataView = new DataView(new ArrayBuffer(0));
  private readonly offsets: Int32Array;
  private readonly lengths: Int32Array;

  constructor(private readonly columns: number) {
    this.offsets = new Int32Array(columns);
    this.lengths = new Int32Array(columns);
  }

  isNull(column: number): boolean {
    return this.lengths[column] === NULL_LENGTH;
  }

  int16(column: number): number {
    return this.data.getInt16(this.offset(column, 2));
  }

  int32(column: number): number {
    return this.data.getInt32(this.offset(column, 4));
  }

  /** A `bigint`, or the microseconds of a `timestamptz` since 2000; exact up to 2^53. */
  int64(column: number): number {
    const offset = this.offset(column, 8);
    return this.data.getInt32(offset) * 4_294_967_296 + this.data.getUint32(offset + 4);
  }

  /** The upper 32 bits of a `bigint`. */
  high32(column: number): number {
    return this.data.getInt32(this.offset(column, 8));
  }

  /** The lower 32 bits of a `bigint`. */
  low32(column: number): number {
    return this.data.getInt32(this.offset(column, 8) + 4);
  }

  /** A column of any length, such as UTF-8 text: a part of the stream's piece, to be read or changed but not kept. */
  bytes(column: number): Uint8Array {
    const { buffer, byteOffset } = this.data;
    return new Uint8Array(buffer, byteOffset + (this.offsets[column] ?? 0), Math.max(0, this.lengths[column] ?? 0));
  }

  private offset(column: number, length: number): number {
    if (this.lengths[column] !== length) throw new Error(`Column ${column} of a COPY does not hold ${length} bytes`);
    return this.offsets[column] ?? 0;
  }

  /**
   * Finds the fields of the row that starts at `start`.
   * @returns where the next row starts; null when the piece ends inside of this one; `TRAILER` after the last row
   */
  locate(data: DataView, start: number): number | null {
    const size = data.byteLength;
    let at = start + 2;
    if (at > size) return null;
    const count = data.getInt16(start);
    if (count === TRAILER) return TRAILER;
    if (count !== this.columns) throw new Error(`A COPY gave ${count} columns instead of ${this.columns}`);
    for (let column = 0; column < count; column += 1) {
      if (at + 4 > size) return null;
      const length = data.getInt32(at);
      at += 4;
      this.offsets[column] = at;
      this.lengths[column] = length;
      if (length > 0) at += length;
    }
    this.data = data;
    return at > size ? null : at;
  }
}

/** Cuts the stream into rows; what a piece leaves unfinished waits for the next one. */
class RowReader {
  count = 0;
  ended = false;
  private begun = false;
  private rest: Buffer = Buffer.alloc(0);
  private readonly row: BinaryRow;

  constructor(
    columns: number,
    private readonly onRow: (row: BinaryRow) => void,
  ) {
    this.row = new BinaryRow(columns);
  }

  push(piece: Buffer): void {
    if (this.ended) return;
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let at = 0;
    if (!this.begun) {
      if (bytes.length < HEADER_BYTES) {
        this.rest = bytes;
        return;
      }
      if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error("A COPY is not in binary format");
      this.begun = true;
      at = HEADER_BYTES;
    }
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let next = this.row.locate(data, at); next !== null; next = this.row.locate(data, at)) {
      if (next === TRAILER) {
        this.ended = true;
        return;
      }
      this.onRow(this.row);
      this.count += 1;
      at = next;
    }
    this.rest = bytes.subarray(at);
  }
}

/** COPY takes no parameters, so whole numbers and lists of them are written into the text; anything else is refused. */
function literal(value: unknown): string {
  if (Number.isSafeInteger(value)) return `(${value})`;
  if (Array.isArray(value) && value.every(Number.isSafeInteger)) return `'{${value.join(",")}}'`;
  throw new TypeError("A statement of COPY may hold whole numbers only");
}

function inlined(statement: Sql): string {
  const { values } = statement;
  return statement.text.replace(/\$(\d+)/g, (_, position: string) => literal(values[Number(position) - 1]));
}

/**
 * Streams the rows of a statement with `COPY … TO STDOUT (FORMAT binary)`, holding no more than one piece of the
 * stream in memory and making no object per row.
 * @param statement a select whose parameters are whole numbers or lists of them
 * @param columns how many columns it has
 * @param onRow reads what it needs at once: the row is the same object every time
 * @returns the number of rows
 */
export async function copyOut(
  client: PoolClient,
  statement: Sql,
  columns: number,
  onRow: (row: BinaryRow) => void,
): Promise<number> {
  const stream = client.query(copyTo(`copy (${inlined(statement)}) to stdout (format binary)`));
  const reader = new RowReader(columns, onRow);
  let failure: { error: unknown } | null = null;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    // A stream that is left in the middle would leave its connection there too.
    if (failure !== null) continue;
    try {
      reader.push(piece);
    } catch (error) {
      failure = { error };
    }
  }
  if (failure !== null) throw failure.error;
  if (!reader.ended) throw new Error("A COPY ended in the middle");
  return reader.count;
}
