import type { RevertResolver } from "@/lib/attribution/reverts/resolver";
import type { RevertVerdict } from "@/lib/attribution/types";
import { attributePullRequest, type PullRequestFact } from "./attribute";
import { directLanding, type Landing, pullRequestLanding } from "./landings";
import type { ProjectionContext } from "./projection-context";
import type { PullRequestEvents } from "./pull-request-events";
import type { RepositoryTally } from "./repository-tally";
import { revertReasons } from "./rollback-rows";
import type { Stretch } from "./stretch";

const PORTION_COMMITS = 1000;

/** What the rules say of some landings that follow each other. */
interface Portion {
  facts: PullRequestFact[];
  direct: Landing[];
  /** What these landings take back or land again. */
  verdicts: RevertVerdict[];
  /** Commits of the stretch that are behind now. */
  done: number;
}

export interface PassState {
  resolver: RevertResolver;
  tally: RepositoryTally;
}

/**
 * Walks a stretch of the line in order: attributes each landing, tells the revert resolver and the tally of it, and
 * hands out what came of it in portions. Writes nothing.
 */
export async function* passOver(
  context: ProjectionContext,
  { resolver, tally }: PassState,
  { stretch, defaultBranch }: { stretch: Stretch; defaultBranch: string },
): AsyncGenerator<Portion> {
  const { shas, placed, positionOf } = stretch;
  for (let start = 0; start < shas.length; start += PORTION_COMMITS) {
    const end = Math.min(start + PORTION_COMMITS, shas.length);
    // A pull request lands with its last commit; a rebase that began in an earlier portion brings its commits along.
    const landing = shas.slice(start, end).filter((sha) => {
      const number = placed.numberOf.get(sha);
      return number === undefined || placed.lastShaOf.get(number) === sha;
    });
    const numbers = landing.flatMap((sha) => placed.numberOf.get(sha) ?? []);
    const events = await stretch.loadPullRequests(numbers);
    const commits = await stretch.loadCommits(landing.flatMap((sha) => commitsOf(stretch, sha)));
    const portion: Portion = { facts: [], direct: [], verdicts: [], done: end };
    for (const sha of landing) {
      const landed = makeLanding(context.repo, stretch, sha, commits, events);
      tally.landing(landed);
      const verdicts = resolver.push(landed.change);
      portion.verdicts.push(...verdicts);
      const fact = attributePullRequest(landed, {
        codeowners: stretch.codeowners.at(positionOf.get(sha) ?? start),
        owner: ownerAt(context, landed.change.landedAt),
        roster: context.roster,
        defaultBranch,
        corrections: context.corrections,
        rules: context.rules,
      });
      if (fact === null) {
        portion.direct.push(landed);
        continue;
      }
      tally.pullRequest(fact);
      portion.facts.push(verdicts.length > 0 ? withoutReverts(fact, verdicts) : fact);
    }
    yield portion;
  }
}

/** All commits that land with this one, in line order. */
function commitsOf({ placed }: Stretch, sha: string): string[] {
  const number = placed.numberOf.get(sha);
  return (number === undefined ? undefined : placed.shasOf.get(number)) ?? [sha];
}

function makeLanding(
  repo: string,
  stretch: Stretch,
  sha: string,
  payloads: Awaited<ReturnType<Stretch["loadCommits"]>>,
  events: PullRequestEvents,
): Landing {
  const number = stretch.placed.numberOf.get(sha);
  const commits = commitsOf(stretch, sha).flatMap((one) => payloads.get(one) ?? []);
  const merged = number === undefined ? undefined : events.merged.get(number);
  const [commit] = commits;
  if (commit === undefined) throw new Error(`The log lost commit ${sha} while it was being projected`);
  if (number === undefined || merged === undefined) return directLanding(commit);
  return pullRequestLanding(repo, merged, commits, {
    own: events.own.get(number) ?? [],
    issues: events.issues.get(number),
  });
}

function ownerAt({ owners }: ProjectionContext, landedAt: number): string | null {
  return owners.findLast(({ from }) => from <= landedAt)?.team ?? null;
}

/** A revert is no new work (metrics.md G3): it leaves the population, unless something else excludes it already. */
function withoutReverts(fact: PullRequestFact, verdicts: RevertVerdict[]): PullRequestFact {
  const reason = revertReasons(verdicts).get(fact.landing.change.key);
  if (reason === undefined || fact.exclusion !== "none") return fact;
  return { ...fact, exclusion: "revert", exclusionEvidence: reason };
}
