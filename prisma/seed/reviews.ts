import type { FleetEvent, FleetEventOf, PayloadOf } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { CODE_REVIEWERS } from "./agents";
import type { Change } from "./changes";
import type { RepositoryContext } from "./envelope";
import type { OwnCommit } from "./own-commits";
import { crewOf, personActor } from "./people";
import type { Random } from "./random";

const REVIEW_COUNTS = {
  human: { 0: 14, 1: 48, 2: 27, 3: 8, 4: 3 },
  assisted: { 0: 18, 1: 46, 2: 25, 3: 8, 4: 3 },
  agent: { 0: 34, 1: 38, 2: 18, 3: 7, 4: 3 },
  automation: { 0: 78, 1: 22 },
  undo: { 0: 55, 1: 42, 2: 3 },
} as const;

const EASY = new Set(["docs", "tests", "chore"]);

function countOf(change: Change, random: Random): number {
  if (change.kind === "undo") return Number(random.weighted(REVIEW_COUNTS.undo));
  const count = Number(random.weighted(REVIEW_COUNTS[change.credit.authorship]));
  if (change.task === "security") return Math.max(2, count);
  return EASY.has(change.task) && random.chance(0.35) ? Math.max(0, count - 1) : count;
}

function stateOf(
  last: boolean,
  change: Change,
  outcome: "merged" | "closed",
  random: Random,
): PayloadOf<"review.submitted">["state"] {
  if (last && outcome === "merged") return random.chance(0.93) ? "approved" : "commented";
  const harsh = change.credit.authorship === "agent" ? 0.42 : 0.28;
  if (outcome === "closed") return random.chance(harsh + 0.2) ? "changes_requested" : "commented";
  return random.weighted({ approved: 0.35, changes_requested: harsh, commented: 0.65 - harsh });
}

/** Up to four reviews, between ready and the end, by team mates and sometimes by a review program first. */
export function reviews(
  context: RepositoryContext,
  change: Change,
  number: number,
  outcome: "merged" | "closed",
): FleetEvent[] {
  const { repository, envelope, random } = context;
  const from = change.readyAt ?? change.openedAt;
  const until = change.endedAt ?? from;
  const mates = crewOf(repository, from).filter((mate) => mate.id !== change.credit.person.id);
  const count = Math.min(countOf(change, random), mates.length * 2);
  const events: FleetEventOf<"review.submitted">[] = [];
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    // Waiting takes longer than replying: the first review comes late in the span.
    position += (1 - position) * random.between(index === 0 ? 0.2 : 0.1, 0.75);
    const at = from + Math.floor(((until - from) * position) / 1000) * 1000;
    const program = index === 0 && count > 1 && random.chance(0.25);
    const reviewer = program ? random.pick(CODE_REVIEWERS) : personActor(random.pick(mates));
    const state = program ? "commented" : stateOf(index === count - 1, change, outcome, random);
    events.push({
      ...envelope(
        `pull_request:${number}:review:${index + 1}`,
        at,
        pullRequestSubject(repository.name, number),
        reviewer,
      ),
      kind: "review.submitted",
      payload: {
        number,
        reviewer,
        state,
        comments: state === "approved" ? random.poisson(0.4) : 1 + random.poisson(1.6),
      },
    });
  }
  return events;
}

const CHECKS = ["build", "test", "lint"] as const;
const FAILURES = { failure: 8, timed_out: 1, cancelled: 1 } as const;

/** One to three check runs on the branch's commits; the run on the head of a merged pull request passed. */
export function ciRuns(
  context: RepositoryContext,
  change: Change,
  number: number,
  own: readonly OwnCommit[],
): FleetEvent[] {
  const { repository, envelope, random } = context;
  const head = own.at(-1);
  if (head === undefined || change.endedAt === null) return [];
  const earlier = own.at(-2);
  const first = Date.parse(head.committer.at);
  const events: FleetEvent[] = [];
  const push = (
    headSha: string,
    check: string,
    at: number,
    conclusion: PayloadOf<"ci_run.finished">["conclusion"],
  ): void => {
    const seconds = Math.round(Math.min(3600, random.lognormal(check === "lint" ? 70 : 380, 0.6)));
    events.push({
      ...envelope(
        `pull_request:${number}:ci:${check}:${headSha}`,
        at,
        pullRequestSubject(repository.name, number),
        null,
      ),
      kind: "ci_run.finished",
      payload: { number, headSha, check, conclusion, seconds },
    });
  };
  const failing = change.credit.authorship === "agent" ? 0.2 : 0.13;
  if (earlier !== undefined && random.chance(failing)) {
    push(earlier.sha, "test", Math.max(Date.parse(earlier.committer.at), first - 60_000), random.weighted(FAILURES));
  }
  const span = Math.max(0, change.endedAt - first);
  for (const check of random.sample(CHECKS, random.int(1, events.length === 0 ? 3 : 2))) {
    push(head.sha, check, first + Math.floor((span * random.between(0.1, 0.6)) / 1000) * 1000, "success");
  }
  return events;
}
