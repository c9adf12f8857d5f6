/** A merged pull request as far as placing it on a line takes. */
export interface MergedRef {
  /** Of the event. */
  id: string;
  number: number;
  shas: string[];
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

/** Places every merged pull request on a line; one merged elsewhere is only kept in mind. */
export function place(merged: MergedRef[], positionOf: ReadonlyMap<string, number>): Placement {
  const placed: Placement = {
    numberOf: new Map(),
    lastShaOf: new Map(),
    shasOf: new Map(),
    unplaced: [],
    awaited: new Set(),
  };
  for (const reference of [...merged].sort(byId)) {
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
  }
  return placed;
}
