/** A number that is not known, in every integer column. */
export const MISSING = -1;

/**
 * What a row is about: a pull request that was closed or merged, a production deployment by its kind, one that failed (at
 * the time when it did), an incident, or a commit at the time when it was deployed.
 */
export const SUBJECT_CODE = {
  closed: 0,
  merged: 1,
  change: 2,
  hotfix: 3,
  rollback: 4,
  failure: 5,
  incident: 6,
  commit: 7,
} as const;
export type Subject = keyof typeof SUBJECT_CODE;

/** Stands for the cause of what did not fail. */
export const HELD = 0;
/** A stored cause as a word of a profile, where 0 stands for what did not fail. */
export const causeWord = (code: number): number => code + 1;

/** The closed words of a row; a table holds each distinct combination once and rows refer to it. */
export interface Profile {
  /** Codes of `lib/core/dimensions`. */
  authorKind: number;
  category: number;
  sizeBucket: number;
  exclusion: number;
  confidence: number;
  /** One of `SUBJECT_CODE`. */
  subject: number;
  /** Why it failed: `HELD` of one that did not, `causeWord` of the stored code otherwise. */
  cause: number;
  /** Bits by the agents' codes. */
  agentMask: bigint;
}

/**
 * The numbers of pull requests that conditions and measures of metrics read; `MISSING` where one is not known, or there is
 * no such thing. From `cycleSeconds` on they are those of `fact_pull_request_course`, in its order; its cause is a word.
 */
export const PULL_REQUEST_NUMBERS = [
  /** From the merge to the first rollback. */
  "rollbackSeconds",
  "effectiveLines",
  "agentLines",
  "prodLines",
  /** Whom it was made for, of the people on the roster. */
  "person",
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
  /** From the merge to the first rollback or partial revert. */
  "undoneSeconds",
  /** Found within so many days. */
  "defects30d",
  "defects90d",
  "security90d",
  /** Estimated time of its reviewers. */
  "effortSeconds",
  /** Whether an incident within 30 days names it, of those that were deployed. */
  "debugged30d",
  /** 0 of one that closes an issue which is a defect, where deployments are told of. */
  "fixWatched",
  /** Features that it was the last to close, or that it is by itself. */
  "features",
  /** Of its branch, without merges. */
  "commits",
  /** Hundredths of a point of coverage by tests, after less before, and `COVERAGE_OFFSET`. */
  "coverageDelta",
  /** Changed lines that tests run, of those that they could. */
  "patchCovered",
  "patchCoverable",
  /** Effective lines that it added, of which it is known what became of them within 14 and 21 days. */
  "churnLines",
  "churned14d",
  "churned21d",
  /** Of scanners of code, before the merge. */
  "findings",
  /** Defects found before the merge, and all that were found until 90 days after it. */
  "caught",
  "caughtOrFound",
  /** Checks of the policy that it fails, as bits. */
  "violations",
  /** From the merge to an older version in production; `redeployUnclear` is 1 where others were taken back with it. */
  "redeployedSeconds",
  "redeployUnclear",
  /** From the merge to the first incident that names it, and to the first hotfix for that. */
  "incidentSeconds",
  "hotfixSeconds",
  /** Defects that name it and those that are inferred to come from it, within so many days. */
  "allDefects30d",
  "allDefects90d",
  /** From the merge to the first full revert alone, and to a rollback of which it is not clear whether it was meant. */
  "revertedSeconds",
  "unclearSeconds",
] as const;

/** The numbers of deployments and incidents. */
export const OPERATION_NUMBERS = [
  /** Whether a deployment failed: 0 or 1. */
  "failed",
  /** From a failure's beginning to its end; `restoreWatched` is 0 for every failure. */
  "restoreSeconds",
  "restoreWatched",
  /** Of an incident: from its beginning to the rollback of what it names as its cause. */
  "revertSeconds",
  /** Of an incident that is over: deployments that were to mend it. */
  "redeployCycles",
] as const;

/** The numbers of commits that were deployed. */
export const COMMIT_NUMBERS = [
  /** From when it was written to production. */
  "leadSeconds",
] as const;

const NUMBER_COLUMNS = [...PULL_REQUEST_NUMBERS, ...OPERATION_NUMBERS, ...COMMIT_NUMBERS] as const;
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];

/** A row of which no number is known. */
export const NO_NUMBERS = Object.fromEntries(NUMBER_COLUMNS.map((column) => [column, MISSING])) as Readonly<
  Record<NumberColumn, number>
>;

const NOTHING = new Int32Array(0);

/** Arrays for the numbers that a table has, with room for so many rows; those that it does not have are empty. */
export function numberColumns(numbers: readonly NumberColumn[], capacity: number): Record<NumberColumn, Int32Array> {
  return Object.fromEntries(
    NUMBER_COLUMNS.map((column) => [column, numbers.includes(column) ? new Int32Array(capacity) : NOTHING]),
  ) as Record<NumberColumn, Int32Array>;
}

/** Positions in a dictionary: 16 bits until a dictionary outgrows them. */
export type Positions = Uint16Array | Uint32Array;

/**
 * The merged or the closed pull requests of one organisation, or its deployments and incidents, as columns: what every
 * query, list and count reads. Rows `0 … length − 1` are in the order of time, repository id, number; the arrays are longer than that. A later
 * refresh changes the same object in place, so hold on to nothing of it across an `await`.
 */
export interface FactTable extends Record<NumberColumn, Int32Array> {
  readonly orgId: number;
  /** The numbers that it has. */
  readonly numbers: readonly NumberColumn[];
  /** Rises whenever a row or a dictionary changes: what was derived from an older one is stale. */
  version: number;
  length: number;
  /**
   * Milliseconds since the epoch, ascending: when it was merged or closed, a deployment ended, a failure or an incident
   * began.
   */
  mergedAt: Float64Array;
  /** Position in `repos`. */
  repo: Positions;
  /** Of a pull request, also of a commit's; of everything else a number that is made from its id. */
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
export function numbersIn(table: FactTable, column: RatioColumn): Int32Array {
  if (column !== "anHour") return table[column];
  if (hours.length < table.length) hours = new Int32Array(Math.ceil(table.length * 1.25)).fill(3600);
  return hours;
}
