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
  /** Bits by the agents' codes. */
  agentMask: bigint;
}

/** Positions in a dictionary: 16 bits until a dictionary outgrows them. */
export type Positions = Uint16Array | Uint32Array;

/**
 * The merged pull requests of one organisation as columns: what every query, list and count reads. Rows
 * `0 … length − 1` are in the order of merge time, repository id, number; the arrays are longer than that. A later
 * refresh changes the same object in place, so hold on to nothing of it across an `await`.
 */
export interface PullRequestTable {
  readonly orgId: number;
  /** Rises whenever a row or a dictionary changes: what was derived from an older one is stale. */
  version: number;
  length: number;
  /** Milliseconds since the epoch, ascending. */
  mergedAt: Float64Array;
  /** Position in `repos`. */
  repo: Positions;
  number: Int32Array;
  /** Position in `teams`. */
  team: Positions;
  /** Position in `profiles`. */
  profile: Positions;
  /** Seconds from the merge to the first full revert; `MISSING` when there was none. */
  rollbackSeconds: Int32Array;
  /** `MISSING` where the source does not know lines. */
  effectiveLines: Int32Array;
  agentLines: Int32Array;
  prodLines: Int32Array;
  /** Repository ids by position. */
  repos: number[];
  /** Team ids by position; null stands for none and is at position 0. */
  teams: (number | null)[];
  profiles: Profile[];
}

/** The numeric columns that conditions and measures of metrics read. */
export type NumberColumn = "rollbackSeconds" | "effectiveLines" | "agentLines" | "prodLines";
