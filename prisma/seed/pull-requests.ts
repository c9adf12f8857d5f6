import type { Actor, FleetEvent, FleetEventOf } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { MERGE_QUEUE } from "./agents";
import { iso, SAMPLE_END } from "./calendar";
import type { Change, Landing } from "./changes";
import type { RepositoryContext } from "./envelope";
import type { OwnCommit } from "./own-commits";
import { crewOf, drawPerson, personActor } from "./people";
import { ciRuns, reviews } from "./reviews";

/** What a pull request says of itself; for an undo known only once its targets have landed. */
export interface PullRequestText {
  title: string;
  body: string;
  headRef: string;
}

/** The events of a pull request before its end: opened, ready, and what reviewers and checks said meanwhile. */
function openedEvents(context: RepositoryContext, change: Change, number: number, text: PullRequestText): FleetEvent[] {
  const { repository, envelope } = context;
  const subject = pullRequestSubject(repository.name, number);
  const { author } = change.credit;
  const opened: FleetEventOf<"pull_request.opened"> = {
    ...envelope(`pull_request:${number}:opened`, change.openedAt, subject, author),
    kind: "pull_request.opened",
    payload: { number, title: text.title, author, headRef: text.headRef, isDraft: change.readyAt !== null },
  };
  if (change.readyAt === null || change.readyAt >= SAMPLE_END) return [opened];
  return [
    opened,
    {
      ...envelope(`pull_request:${number}:ready`, change.readyAt, subject, personActor(change.credit.person)),
      kind: "pull_request.ready",
      payload: { number },
    },
  ];
}

/** A pull request that did not get in: closed unmerged, or still open at the end of the period. */
export function unmergedEvents(
  context: RepositoryContext,
  change: Change,
  number: number,
  text: PullRequestText,
): FleetEvent[] {
  const { repository, envelope, random } = context;
  const events = openedEvents(context, change, number, text);
  if (change.outcome !== "closed" || change.endedAt === null) return events;
  const closer = drawPerson(crewOf(repository, change.endedAt), random);
  return [
    ...events,
    ...reviews(context, change, number, "closed"),
    {
      ...envelope(
        `pull_request:${number}:closed`,
        change.endedAt,
        pullRequestSubject(repository.name, number),
        personActor(closer),
      ),
      kind: "pull_request.closed",
      payload: { number, title: text.title, author: change.credit.author },
    },
  ];
}

function mergerOf({ repository, random }: RepositoryContext, change: Change): Actor {
  if (repository.queue && random.chance(0.6)) return MERGE_QUEUE;
  const person = random.chance(0.55) ? change.credit.person : drawPerson(crewOf(repository, change.openedAt), random);
  return personActor(person);
}

function commitEvents(
  { repository, envelope }: RepositoryContext,
  number: number,
  own: readonly OwnCommit[],
): FleetEvent[] {
  return own.map(
    (commit, position): FleetEventOf<"pull_request.commit"> => ({
      ...envelope(
        `pull_request:${number}:commit:${commit.sha}`,
        Date.parse(commit.committer.at),
        pullRequestSubject(repository.name, number),
        null,
      ),
      kind: "pull_request.commit",
      payload: {
        number,
        sha: commit.sha,
        position,
        author: commit.author,
        committer: commit.committer,
        message: commit.message,
        isMerge: commit.isMerge,
        additions: commit.additions,
        deletions: commit.deletions,
      },
    }),
  );
}

/** Everything about a merged pull request but the commits it left on the default branch. */
export function mergedEvents(
  context: RepositoryContext,
  landing: Landing & { number: number },
  body: string,
  own: readonly OwnCommit[],
): FleetEvent[] {
  const { repository, envelope } = context;
  const { change, number, title, headRef, at } = landing;
  const mergedBy = mergerOf(context, change);
  const headSha = own.at(-1)?.sha ?? null;
  const merged: FleetEventOf<"pull_request.merged"> = {
    ...envelope(`pull_request:${number}:merged`, at, pullRequestSubject(repository.name, number), mergedBy),
    kind: "pull_request.merged",
    payload: {
      number,
      title,
      body,
      author: change.credit.author,
      headRef,
      headSha,
      baseRef: "main",
      labels: change.kind === "ordinary" ? change.labels : [],
      taskType: null,
      mergeKind: repository.merge,
      mergedAt: iso(at),
      mergeSha: landing.mergeSha,
      landedShas: landing.shas,
      mergedBy,
      url: null,
    },
  };
  return [
    ...openedEvents(context, change, number, { title, body, headRef }),
    ...commitEvents(context, number, own),
    ...reviews(context, change, number, "merged"),
    ...ciRuns(context, change, number, own),
    merged,
  ];
}
