import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import type { PullRequestInput } from "@/lib/attribution/types";
import { AUTHOR_KIND_CODE, CATEGORY_CODE, CONFIDENCES } from "@/lib/core/dimensions";
import { CopyJson, type CopyValue } from "@/lib/db/copy-rows";
import type { FleetEvent, FleetEventOf } from "@/lib/events/schema";
import { attributeClosed, type ClosedAttribution } from "../attribute-closed";

export const CLOSED_PULL_REQUEST_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "closed_at",
  "agent_mask",
  "team_id",
  "author_kind",
  "category",
  "confidence",
  "title",
  "verdicts",
] as const;

/** The events that say how a pull request ended and who wrote it. Of a merge only that it happened matters here. */
export type PullRequestEvent =
  | FleetEventOf<"pull_request.opened">
  | FleetEventOf<"pull_request.closed">
  | FleetEventOf<"pull_request.reopened">
  | FleetEventOf<"pull_request.commit">
  | (Omit<FleetEventOf<"pull_request.merged">, "payload"> & { payload: { number: number } });

export const PULL_REQUEST_KINDS = [
  "pull_request.opened",
  "pull_request.closed",
  "pull_request.reopened",
  "pull_request.commit",
  "pull_request.merged",
] as const;

export function isPullRequestEvent(event: FleetEvent): event is Extract<FleetEvent, PullRequestEvent> {
  return PULL_REQUEST_KINDS.some((kind) => kind === event.kind);
}

interface ClosedPullRequest {
  repo: string;
  number: number;
  closedAt: string;
  input: PullRequestInput;
}

const byTime = (a: PullRequestEvent, b: PullRequestEvent): number =>
  Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || (a.id < b.id ? -1 : 1);

function ownCommits(events: readonly PullRequestEvent[]): PullRequestInput["own"] {
  const bySha = new Map<string, FleetEventOf<"pull_request.commit">["payload"]>();
  const commits = events.filter((event) => event.kind === "pull_request.commit");
  // A commit that several sources tell of counts once: the first by event id speaks, as for merged pull requests.
  for (const { payload } of commits.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!bySha.has(payload.sha)) bySha.set(payload.sha, payload);
  }
  return [...bySha.values()]
    .sort((a, b) => a.position - b.position || (a.sha < b.sha ? -1 : 1))
    .map(({ sha, author, committer, message, isMerge, additions }) => ({
      sha,
      author,
      committer,
      message,
      isMerge,
      additions,
    }));
}

/**
 * Folds all that is known of one pull request that was not merged, in whatever order it came: the last closing counts.
 * @returns null for one that nobody closed, or that was opened again
 */
export function foldClosedPullRequest(events: readonly PullRequestEvent[]): ClosedPullRequest | null {
  const ordered = [...events].sort(byTime);
  const closed = ordered.findLast(({ kind }) => kind === "pull_request.closed" || kind === "pull_request.reopened");
  if (closed?.kind !== "pull_request.closed" || closed.repo === null) return null;
  const opened = ordered.find((event) => event.kind === "pull_request.opened");
  const { number, title, author } = closed.payload;
  const input: PullRequestInput = {
    repo: closed.repo,
    number,
    title,
    body: null,
    author: author ?? opened?.payload.author ?? null,
    headRef: opened?.payload.headRef ?? null,
    // Nothing landed, so neither a base nor files are known, and no rule asks for them.
    baseRef: "",
    labels: [],
    taskType: null,
    // Only a source that knows who opened it tells of a closed pull request: its author counts as a squash's does.
    mergeKind: "squash",
    landed: [],
    own: ownCommits(events),
    files: null,
    lineCounts: "unknown",
  };
  return { repo: closed.repo, number, closedAt: closed.occurredAt, input };
}

/** Who made it and what kind of work it was, as the facts of merged ones hold it. */
function verdictsOf(
  { author }: PullRequestInput,
  { authorship, category }: Pick<ClosedAttribution, "authorship" | "category">,
): object {
  const { agents, confidence, evidence, ruleVersion, suggestions } = authorship;
  return {
    authorName: author?.name ?? author?.login ?? null,
    agents,
    authorship: { confidence, evidence, suggestions, ruleVersion },
    category,
  };
}

/** A closed pull request as a row of `fact_closed_pull_request`, by the rules that merged ones are attributed by. */
export function closedPullRequestRow(
  { number, closedAt, input }: ClosedPullRequest,
  ref: { orgId: number; repoId: number; teamId: number | null },
  rules: RuleSet,
): readonly CopyValue[] {
  const { agentMask, authorship, category } = attributeClosed(input, rules);
  return [
    ref.orgId,
    ref.repoId,
    number,
    closedAt,
    agentMask,
    ref.teamId,
    AUTHOR_KIND_CODE[authorship.kind],
    CATEGORY_CODE[category.category],
    CONFIDENCES.indexOf(authorship.confidence),
    input.title,
    new CopyJson(verdictsOf(input, { authorship, category })),
  ];
}
