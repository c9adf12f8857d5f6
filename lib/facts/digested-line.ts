import { hash } from "node:crypto";
import { type CopyValue, encodeCopyRow } from "@/lib/db/copy-rows";
import type { RepositoryRef } from "./projection-context";

/** A row in COPY's text format with the digest of its other columns as the last one. */
export interface DigestedLine {
  line: string;
  /** The first 64 bits of the columns' SHA-1, as a `bigint` column holds them, in two halves. */
  high: number;
  low: number;
}

/**
 * A row of a repository, with the digest of what it says: two rows with the same digest say the same, in whatever
 * repository.
 */
export function digestedLine({ orgId, repoId }: RepositoryRef, row: readonly CopyValue[]): DigestedLine {
  const columns = encodeCopyRow(row).slice(0, -1);
  const digest = hash("sha1", columns, "buffer");
  return {
    line: `${orgId}\t${repoId}\t${columns}\t${digest.readBigInt64BE()}\n`,
    high: digest.readInt32BE(),
    low: digest.readInt32BE(4),
  };
}
