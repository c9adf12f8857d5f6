/** A number that is not known, in every integer column. */
export const MISSING = -1;

/** The closed words of a pull request; a table holds each distinct combination once and rows refer to it. */
export interface Profile {
  /** Codes of `lib/core/dimensions`. */
  authorKind: number;
  category: number;
  sizeBucket: number;
  exclusion: number;
  confidence: number;
  /** 0: it was closed and never merged. Tables hold one kind or the other. */
  isMerged: number;
  /** Bits by the agents' codes. */
  agentMask: bigint;
}

/**
 * The numeric columns that conditions and measures of metrics read; `MISSING` where a number is not known, or there is no
 * such thing. From `cycleSeconds` on they are those of `fact_pull_request_course`, in its order.
 */
export const NUMBER_COLUMNS = [
  /** From the merge to the first full revert. */
  "rollbackSeconds",
  "effectiveLines",
  "agentLines",
  "prodLines",
  /** From the start to the merge, and its stages. */
  "cycleSeconds",
  "codingSeconds",
  "pickupSeconds",
  "reviewSeconds",
  "mergeSeconds",
  /** From the merge to production; `deployWatched` is 0 where deployments are told of. */
  "deploySeconds",
  "deployWatched",
  "humanReviews",
  "reviewRounds",
  /** 0 or 1. */
  "reworked",
  "autoMerged",
  "intervened",
  /** From the merge to the first full or partial revert. */
  "undoneSeconds",
  /** Found within so many days. */
  "defects30d",
  "defects90d",
  "security90d",
  /** Estimated time of its reviewers. */
  "effortSeconds",
] as const;
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];

/** A row of which no number is known. */
export const NO_NUMBERS = Object.fromEntries(NUMBER_COLUMNS.map((column) => [column, MISSING])) as Readonly<
  Record<NumberColumn, number>
>;

/** Positions in a dictionary: 16 bits until a dictionary outgrows them. */
export type Positions = Uint16Array | Uint32Array;

/**
 * The pull requests of one organisation as columns, the merged or the closed ones: what every query, list and count
 * reads. Rows `0 … length − 1` are in the order of merge time (or closing), repository id, number; the arrays are longer than that. A later
 * refresh changes the same object in place, so hold on to nothing of it across an `await`.
 */
export interface PullRequestTable extends Record<NumberColumn, Int32Array> {
  readonly orgId: number;
  /** Rises whenever a row or a dictionary changes: what was derived from an older one is stale. */
  version: number;
  length: number;
  /** Milliseconds since the epoch, ascending; of those that were closed, when. */
  mergedAt: Float64Array;
  /** Position in `repos`. */
  repo: Positions;
  number: Int32Array;
  /** Position in `teams`. */
  team: Positions;
  /** Position in `profiles`. */
  profile: Positions;
  /** Repository ids by position. */
  repos: number[];
  /** Team ids by position; null stands for none and is at position 0. */
  teams: (number | null)[];
  profiles: Profile[];
}

/** A column of a ratio: one that a table has, or an hour for each row, so that seconds become hours per pull request. */
export type RatioColumn = NumberColumn | "anHour";

let hours = new Int32Array(0);

/** The numbers of a ratio's column; of an hour for each row perhaps more than there are rows. */
export function numbersIn(table: PullRequestTable, column: RatioColumn): Int32Array {
  if (column !== "anHour") return table[column];
  if (hours.length < table.length) hours = new Int32Array(Math.ceil(table.length * 1.25)).fill(3600);
  return hours;
}
