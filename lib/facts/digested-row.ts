import { hash } from "node:crypto";
import type { CopyValue } from "@/lib/db/copy-rows";

/** A row of a repository, without the columns that name the repository, and a digest of what it says. */
export interface DigestedRow {
  values: readonly CopyValue[];
  /** The first 64 bits of a SHA-1, as a `bigint` column holds them. */
  digest: bigint;
  /** The same in two halves. */
  high: number;
  low: number;
}

/** Two rows of one table with the same digest say the same, in whatever repository. */
export function digestedRow(values: readonly CopyValue[]): DigestedRow {
  const bytes = hash("sha1", JSON.stringify(values), "buffer");
  return { values, digest: bytes.readBigInt64BE(), high: bytes.readInt32BE(), low: bytes.readInt32BE(4) };
}
