import type { Entity } from "@/lib/connections/entities";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { keepBudget } from "./connection-state";
import { withoutKnownStates } from "./new-states";
import { observe } from "./observe";
import { nextPageSize } from "./page-size";
import { requestPullRequests } from "./refetches";
import { advance, continueOlder, makeDue, type SyncState } from "./sync-states";
import type { Step, WalkContext } from "./walk";
import { walkChecks, walkDeployments, walkReleases, walkWorkflowRuns } from "./walk-activity";
import { walkCodeowners } from "./walk-codeowners";
import { walkHistory } from "./walk-history";
import { walkIssues, walkSecurityAlerts } from "./walk-issues";
import { walkPullRequests } from "./walk-pull-requests";
import { walkReviewComments } from "./walk-review-comments";

const WALKS: Readonly<Record<Entity, (state: SyncState, context: WalkContext) => Promise<Step>>> = {
  pull_requests: walkPullRequests,
  older_pull_requests: walkPullRequests,
  history: walkHistory,
  older_history: walkHistory,
  codeowners: walkCodeowners,
  deployments: walkDeployments,
  ci_runs: walkWorkflowRuns,
  checks: walkChecks,
  review_comments: walkReviewComments,
  issues: walkIssues,
  releases: walkReleases,
  security_alerts: walkSecurityAlerts,
};

const BY_REST: ReadonlySet<Entity> = new Set(["ci_runs", "review_comments", "security_alerts"]);

/** How soon a walk that ended begins again, for who has no webhooks. Older history is read once. */
const AGAIN_MS: Readonly<Record<Entity, number>> = {
  pull_requests: 10 * 60_000,
  history: 10 * 60_000,
  codeowners: 6 * 3_600_000,
  deployments: 30 * 60_000,
  ci_runs: 30 * 60_000,
  checks: 30 * 60_000,
  review_comments: 30 * 60_000,
  issues: 30 * 60_000,
  releases: 6 * 3_600_000,
  security_alerts: 6 * 3_600_000,
  older_pull_requests: 100 * 365 * 24 * 3_600_000,
  older_history: 100 * 365 * 24 * 3_600_000,
};

async function knownHeadOf({ orgId, repoId }: SyncState): Promise<string | null> {
  const [row] = await query<{ head_sha: string | null }>(
    sql`select head_sha from repository where org_id = ${orgId} and id = ${repoId}`,
  );
  return row?.head_sha ?? null;
}

/**
 * Reads one page and keeps it: its events, how far the walk is, and what is to be read by itself, in one transaction.
 * Killed at any moment, the same page is read again.
 * @throws {GitHubFailure} when GitHub did not answer; nothing is kept then
 */
export async function readPage(state: SyncState, context: Omit<WalkContext, "knownHead">): Promise<Step> {
  const { now } = context;
  const knownHead = state.entity === "history" ? await knownHeadOf(state) : null;
  const step = await WALKS[state.entity](state, { ...context, knownHead });
  await withTransaction(async (client) => {
    await appendEvents(client, [await withoutKnownStates(client, state.orgId, step.events)]);
    await requestPullRequests(client, state, step.long, now);
    const pageSize = nextPageSize(state.pageSize, step.ms);
    const ended = step.cursor === null;
    const nextTryAt = ended ? new Date(now.getTime() + AGAIN_MS[state.entity]) : now;
    await advance(client, state, { ...step, pageSize, nextTryAt }, now);
    if (step.older !== null) await continueOlder(client, state, { cursor: step.older, pageSize, now });
    if (ended && state.entity.startsWith("older_")) await makeDue(client, state, ["history"], now);
    if (step.head !== null) await observe(client, state, step.head);
    if (step.budget !== null) {
      await keepBudget(client, state.connectionId, BY_REST.has(state.entity) ? "rest" : "graphql", step.budget);
    }
  });
  return step;
}
