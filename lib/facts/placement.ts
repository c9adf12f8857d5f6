import type { PayloadOf } from "@/lib/events/schema";

/** A merged pull request as far as placing it on a line takes. */
export interface MergedRef {
  /** Of the event. */
  id: string;
  number: number;
  shas: string[];
  /** When the pull request changed last, from a source that knows; null from a clone, which reads it off commits. */
  updatedAt: string | null;
  /** Commits that its merge left on the line where only the last of them is named, as by a rebase; 1 otherwise. */
  landed: number;
}

export function mergedRef(id: string, merged: PayloadOf<"pull_request.merged">): MergedRef {
  const { landedShas, mergeKind, number, ownShas, updatedAt } = merged;
  const landed = mergeKind === "rebase" && landedShas.length === 1 ? (ownShas?.length ?? 1) : 1;
  return { id, number, shas: landedShas, updatedAt: updatedAt ?? null, landed };
}

/** Which commits of a line belong to which pull request. */
export interface Placement {
  /** Pull request number by commit id. */
  numberOf: Map<string, number>;
  /** Commit id after which the pull request has landed completely, by number. */
  lastShaOf: Map<number, string>;
  /** Commit ids in line order, by number. */
  shasOf: Map<number, string[]>;
  /** Merged pull requests whose commits the line does not hold (another branch, or not imported yet). */
  unplaced: MergedRef[];
  /** Commits of placed pull requests that the line does not hold. */
  awaited: Set<string>;
}

/** The order in which events with the same claim are heard: by id, whatever the database's collation. */
export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The same of merged pull requests: the latest state of one first, and what commits only suggest last. */
export function byState(a: Pick<MergedRef, "id" | "updatedAt">, b: Pick<MergedRef, "id" | "updatedAt">): number {
  const [stateA, stateB] = [a.updatedAt ?? "", b.updatedAt ?? ""];
  return stateA === stateB ? byId(a, b) : stateA < stateB ? 1 : -1;
}

/**
 * Gives a pull request that was rebased the commits before its last one: they landed together, so they follow each other.
 * What another one has is its own, so fewer than were on the branch are taken where some came to nothing.
 */
function takeRebased({ landed, number }: MergedRef, placed: Placement, line: readonly string[], last: number): void {
  const own = placed.shasOf.get(number) ?? [];
  for (let position = last - 1; position >= 0 && own.length < landed; position -= 1) {
    const sha = line[position];
    if (sha === undefined || placed.numberOf.has(sha)) return;
    placed.numberOf.set(sha, number);
    own.unshift(sha);
  }
}

/**
 * Places every merged pull request on a line; one merged elsewhere is only kept in mind.
 * @param line commit ids in order
 * @param positionOf where each of them is
 */
export function place(
  merged: MergedRef[],
  line: readonly string[],
  positionOf: ReadonlyMap<string, number>,
): Placement {
  const placed: Placement = {
    numberOf: new Map(),
    lastShaOf: new Map(),
    shasOf: new Map(),
    unplaced: [],
    awaited: new Set(),
  };
  const rebased: MergedRef[] = [];
  for (const reference of [...merged].sort(byState)) {
    const { number, shas } = reference;
    if (placed.shasOf.has(number)) continue;
    const onLine = shas
      .filter((sha) => positionOf.has(sha) && !placed.numberOf.has(sha))
      .sort((a, b) => (positionOf.get(a) ?? 0) - (positionOf.get(b) ?? 0));
    const last = onLine.at(-1);
    if (last === undefined) {
      placed.unplaced.push(reference);
      continue;
    }
    for (const sha of onLine) placed.numberOf.set(sha, number);
    for (const sha of shas) if (!positionOf.has(sha)) placed.awaited.add(sha);
    placed.shasOf.set(number, onLine);
    placed.lastShaOf.set(number, last);
    if (reference.landed > 1) rebased.push(reference);
  }
  // After all that name their commits themselves.
  for (const reference of rebased) {
    const last = placed.lastShaOf.get(reference.number);
    takeRebased(reference, placed, line, last === undefined ? 0 : (positionOf.get(last) ?? 0));
  }
  // Of a pull request that was placed by one event, another one's claim is no more than that.
  placed.unplaced = placed.unplaced.filter(({ number }) => !placed.shasOf.has(number));
  return placed;
}
