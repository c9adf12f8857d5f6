import { CodeownersTimeline } from "./codeowners-timeline";
import type { LandedCommit } from "./commit-links";
import type { Line } from "./line";
import type { LineLog } from "./line-log";
import { type Placement, place } from "./placement";
import type { PullRequestEvents } from "./pull-request-events";

/** A part of a line that is passed over: the whole of it, or what came last. */
export interface Stretch {
  /** Commit ids in line order. */
  shas: string[];
  positionOf: ReadonlyMap<string, number>;
  placed: Placement;
  codeowners: CodeownersTimeline;
  /** Payloads of commits of the stretch by id. */
  loadCommits(shas: string[]): Promise<Map<string, LandedCommit>>;
  /** What is known of pull requests by their numbers. */
  loadPullRequests(numbers: number[]): Promise<PullRequestEvents>;
}

/** The whole line as one stretch, with the names of CODEOWNERS commits that are not on it. */
export async function wholeStretch(
  log: LineLog,
  line: Line,
): Promise<{ stretch: Stretch; strayCodeowners: Set<string> }> {
  const versions = await log.codeowners();
  const { shas, positionOf } = line;
  return {
    stretch: {
      shas,
      positionOf,
      placed: place(await log.merged(), shas, positionOf),
      codeowners: new CodeownersTimeline(versions, positionOf),
      async loadCommits(wanted) {
        const commits = await log.commits(wanted.map(line.eventIdOf));
        return new Map(commits.map((commit) => [commit.sha, commit]));
      },
      loadPullRequests: (numbers) => log.pullRequests(numbers),
    },
    strayCodeowners: new Set(versions.flatMap(({ sha }) => (positionOf.has(sha) ? [] : [sha]))),
  };
}
