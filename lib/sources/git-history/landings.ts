import type { Claim, LineScan } from "./line-scan";
import type { WarningLog } from "./warning-log";

/** A merged pull request on the line. */
export interface Landing {
  number: number;
  kind: "squash" | "merge" | "rebase";
  /** Positions of its commits on the line, one after the other; the last one is where it landed. */
  positions: readonly number[];
}

const KINDS = ["squash", "merge", "rebase"] as const;

/** What landed where. At most one pull request per commit, and one landing per pull request. */
export class Landings {
  readonly #numbers = new Set<number>();
  /** By position: the pull request (0: none), how it landed, and how many of its commits come before this one. */
  readonly #numberAt: number[] = [];
  readonly #kindAt: number[] = [];
  readonly #before = new Map<number, number>();

  constructor(lineLength: number) {
    for (let position = 0; position < lineLength; position += 1) {
      this.#numberAt.push(0);
      this.#kindAt.push(0);
    }
  }

  /** Adds a landing unless its number or one of its commits is taken. */
  add({ number, kind, positions }: Landing): void {
    if (this.#numbers.has(number) || positions.some((position) => this.numberAt(position) !== undefined)) return;
    this.#numbers.add(number);
    for (const [before, position] of positions.entries()) {
      this.#numberAt[position] = number;
      this.#kindAt[position] = KINDS.indexOf(kind);
      if (before > 0) this.#before.set(position, before);
    }
  }

  /** The pull request that a commit of the line belongs to. */
  numberAt(position: number): number | undefined {
    return this.#numberAt[position] || undefined;
  }

  /** The pull request that had landed completely with a commit of the line. */
  endingAt(position: number): Landing | undefined {
    const number = this.numberAt(position);
    if (number === undefined || this.numberAt(position + 1) === number) return undefined;
    const first = this.firstOf(position);
    const positions = Array.from({ length: position - first + 1 }, (_, i) => first + i);
    return { number, kind: KINDS[this.#kindAt[position] ?? 0] ?? "squash", positions };
  }

  /** Where the pull request began to land that a commit belongs to; the commit itself if it belongs to none. */
  firstOf(position: number): number {
    return position - (this.#before.get(position) ?? 0);
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }
}

/**
 * Decides from the messages alone. A squash claim needs a reference where the clone has them all, or GitHub's web
 * identity as committer: a commit pushed directly may well end in the number of an issue.
 */
export function landingsFromClaims(
  scan: LineScan,
  refs: ReadonlyMap<number, string>,
  warnings: WarningLog,
  shaAt: (position: number) => string,
): Landings {
  const landings = new Landings(scan.length);
  const isNone = numbersThatAreNone(scan, refs);
  const rejected = ({ kind, byForge, number }: Claim) => kind === "squash" && !byForge && isNone(number);
  for (const claim of scan.claims()) {
    if (rejected(claim)) warnings.add("number_without_reference", shaAt(claim.position));
  }
  const best = bestOfRepeated(scan, rejected);
  for (const { first, length, number, kind } of runs(scan, rejected)) {
    const positions = Array.from({ length }, (_, i) => first + i);
    if ((best.get(number)?.first ?? first) === first) {
      landings.add({ number, kind: length > 1 ? "rebase" : kind, positions });
    } else for (const position of positions) warnings.add("repeated_number", shaAt(position));
  }
  return landings;
}

/** Neighbours that name the same number and were committed by the same hand: they landed together. */
interface Run extends Omit<Claim, "position"> {
  first: number;
  length: number;
}

function* runs(scan: LineScan, rejected: (claim: Claim) => boolean): Generator<Run> {
  let open: Run | null = null;
  for (const { position, ...claim } of scan.claims()) {
    if (rejected({ position, ...claim })) continue;
    const joins: boolean =
      open !== null &&
      open.number === claim.number &&
      open.first + open.length === position &&
      open.kind === "squash" &&
      claim.kind === "squash" &&
      open.committer === claim.committer;
    if (open !== null && joins) {
      open.length += 1;
      continue;
    }
    if (open !== null) yield open;
    open = { ...claim, first: position, length: 1 };
  }
  if (open !== null) yield open;
}

/** For numbers that several commits name: the merge button's own commit, else the first. */
function bestOfRepeated(scan: LineScan, rejected: (claim: Claim) => boolean): Map<number, Run> {
  const rank = (run: Run): number => (run.kind === "merge" ? 0 : run.byForge ? 1 : 2);
  const seen = new Set<number>();
  const repeated = new Set<number>();
  for (const { number } of runs(scan, rejected)) (seen.has(number) ? repeated : seen).add(number);
  const best = new Map<number, Run>();
  for (const run of repeated.size === 0 ? [] : runs(scan, rejected)) {
    if (!repeated.has(run.number)) continue;
    const known = best.get(run.number);
    if (known === undefined || rank(run) < rank(known)) best.set(run.number, run);
  }
  return best;
}

/** References cover nearly all numbers up to the newest: then a number without one is no pull request. */
const COMPLETE_SHARE = 0.9;

/**
 * Tells which numbers cannot be pull requests. Whether the clone has all references shows by what the merge button
 * landed, or by all claims where nobody uses it. Numbers after the newest reference are not judged: it may be older.
 */
function numbersThatAreNone(scan: LineScan, refs: ReadonlyMap<number, string>): (number: number) => boolean {
  let newest = 0;
  for (const number of refs.keys()) newest = Math.max(newest, number);
  const button = { judged: 0, covered: 0 };
  const others = { judged: 0, covered: 0 };
  for (const { kind, number, byForge } of scan.claims()) {
    if (kind === "merge" || number > newest) continue;
    const count = byForge ? button : others;
    count.judged += 1;
    if (refs.has(number)) count.covered += 1;
  }
  const { judged, covered } = button.judged > 0 ? button : others;
  const complete = judged > 0 && covered >= judged * COMPLETE_SHARE;
  return (number) => complete && number <= newest && !refs.has(number);
}
