import type { PullContext } from "@/lib/sources/contract";
import { BranchGraph } from "./branch-graph";
import type { GitClient } from "./git-client";
import type { Repository } from "./inspect";
import { type Landings, landingsFromClaims } from "./landings";
import { LineScan } from "./line-scan";
import type { ObjectReader } from "./object-reader";
import { addCutNumbers, addFastForwards } from "./other-landings";
import { addRebaseMerges } from "./rebase-merges";
import { ShaIndex } from "./sha-index";
import type { WarningLog } from "./warning-log";

/** What is known of a history before its changes are read. */
export interface Survey {
  /** The first-parent line, oldest first; commits beside it stand behind. */
  index: ShaIndex;
  scan: LineScan;
  graph: BranchGraph;
  landings: Landings;
}

interface SurveyInput {
  client: GitClient;
  objects: ObjectReader;
  repository: Repository;
  warnings: WarningLog;
  onProgress: PullContext<never>["onProgress"];
}

const COMMITS_AT_ONCE = 256;

/** Reads every commit of the line once, and the shape of the branches beside it, to tell what landed what. */
export async function surveyHistory(input: SurveyInput): Promise<Survey> {
  const { client, objects, repository, warnings } = input;
  const refs = repository.pullRequestRefs;
  const index = await readLine(client, repository.headSha);
  const scan = await scanLine(input, index);
  const graph = await readGraph(client, repository, index, scan);
  const landings = landingsFromClaims(scan, refs, warnings, (position) => index.sha(position));
  await addCutNumbers(landings, refs, { index, scan }, objects);
  await addRebaseMerges(landings, refs, { scan, graph, objects });
  addFastForwards(landings, refs, { index, scan });
  return { index, scan, graph, landings };
}

async function readLine(client: GitClient, headSha: string): Promise<ShaIndex> {
  const index = new ShaIndex(headSha.length / 2);
  for await (const lines of client.lines(["rev-list", "--first-parent", "--reverse", headSha])) {
    for (const sha of lines) index.add(sha);
  }
  return index;
}

async function scanLine({ objects, repository, onProgress }: SurveyInput, index: ShaIndex): Promise<LineScan> {
  const scan = new LineScan(repository.pullRequestRefs.size > 0);
  const total = index.size;
  const read = (start: number) => {
    const count = Math.max(0, Math.min(COMMITS_AT_ONCE, total - start));
    const commits = objects.commits(Array.from({ length: count }, (_, i) => index.sha(start + i)));
    // Awaited one round later; until then a failure must not count as unhandled.
    commits.catch(() => {});
    return commits;
  };
  let next = read(0);
  for (let start = 0; start < total; start += COMMITS_AT_ONCE) {
    const commits = await next;
    next = read(start + COMMITS_AT_ONCE);
    for (const commit of commits) scan.add(commit);
    onProgress({ step: "Reading commits", done: Math.min(start + COMMITS_AT_ONCE, total), total });
  }
  return scan;
}

async function readGraph(
  client: GitClient,
  repository: Repository,
  index: ShaIndex,
  scan: LineScan,
): Promise<BranchGraph> {
  const graph = new BranchGraph(index);
  const heads = [...repository.pullRequestRefs.values(), ...[...scan.merged.values()].flat()];
  if (heads.length === 0) return graph;
  // References may name objects that the clone does not hold; --ignore-missing has to come before --stdin.
  const args = ["rev-list", "--parents", "--ignore-missing", "--stdin"];
  for await (const lines of client.lines(args, linesOf(heads))) {
    for (const line of lines) {
      const [sha = "", ...parents] = line.split(" ");
      // At the boundary of a shallow clone git hides the parents: such a commit is no root.
      if (!repository.boundary.has(sha)) graph.add(sha, parents);
    }
  }
  graph.markLanded(scan.merged);
  return graph;
}

const LINES_AT_ONCE = 1000;

function* linesOf(shas: readonly string[]): Generator<string> {
  for (let start = 0; start < shas.length; start += LINES_AT_ONCE) {
    yield `${shas.slice(start, start + LINES_AT_ONCE).join("\n")}\n`;
  }
}
