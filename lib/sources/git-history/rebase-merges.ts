import type { RawCommit } from "./api-types";
import type { BranchGraph } from "./branch-graph";
import type { Landings } from "./landings";
import type { LineScan } from "./line-scan";
import type { ObjectReader } from "./object-reader";

const READ_AT_ONCE = 256;

interface Candidate {
  number: number;
  /** Own commits that are no merges, oldest first. */
  shas: string[];
}

interface Sources {
  scan: LineScan;
  graph: BranchGraph;
  objects: ObjectReader;
}

/**
 * Adds pull requests whose own commits stand on the line one after the other, with the same authors, author's clocks
 * and subjects: that is what a rebase merge leaves, which no message names.
 */
export async function addRebaseMerges(
  landings: Landings,
  refs: ReadonlyMap<number, string>,
  { scan, graph, objects }: Sources,
): Promise<void> {
  const candidates: Candidate[] = [];
  for (const [number, head] of refs) {
    if (landings.has(number)) continue;
    const own = graph.ownCommits(head, null);
    const shas = (own?.shas ?? []).filter((sha) => !graph.isMerge(sha));
    if (own?.truncated === false && shas.length > 0) candidates.push({ number, shas });
  }
  for (let start = 0; start < candidates.length; start += READ_AT_ONCE) {
    const group = candidates.slice(start, start + READ_AT_ONCE);
    const last = await objects.commits(group.flatMap(({ shas }) => shas.at(-1) ?? []));
    for (const [i, { number, shas }] of group.entries()) {
      const tip = last[i];
      if (tip === undefined || scan.copiesOf(tip).length === 0) continue;
      const commits = withoutOthers(await objects.commits(shas), number, scan);
      const positions = findRun(commits, scan, landings);
      if (positions !== null) landings.add({ number, kind: "rebase", positions });
    }
  }
}

/** A rebase drops what other pull requests brought to the line already. */
function withoutOthers(commits: RawCommit[], number: number, scan: LineScan): RawCommit[] {
  return commits.filter((commit) => (scan.landedBySubject(commit.message) ?? number) === number);
}

/** Positions of consecutive commits of the line that are these commits, rebased; null when there is no such run. */
function findRun(commits: readonly RawCommit[], scan: LineScan, landings: Landings): number[] | null {
  const tip = commits.at(-1);
  if (tip === undefined) return null;
  for (const end of scan.copiesOf(tip)) {
    const positions = commits.map((_, i) => end - commits.length + 1 + i);
    const matches = commits.every((commit, i) => {
      const position = positions[i] ?? -1;
      return isRebased(commit, position, scan) && landings.numberAt(position) === undefined;
    });
    if (matches) return positions;
  }
  return null;
}

/** A landed copy is committed after its original; a backport's original is the one on the line, so it is older. */
function isRebased(own: RawCommit, position: number, scan: LineScan): boolean {
  if (!scan.copiesOf(own).includes(position) || /^\(cherry picked from commit /m.test(own.message)) return false;
  return own.committer.seconds === null || scan.committedAt(position) >= own.committer.seconds;
}
