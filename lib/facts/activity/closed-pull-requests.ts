import type { CopyValue } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import {
  closedPullRequestRow,
  foldClosedPullRequest,
  PULL_REQUEST_KINDS,
  type PullRequestEvent,
} from "./closed-pull-request-rows";
import type { ActivityDirectory } from "./directory";
import type { Stages } from "./staged-rows";

/** Pull requests of one organisation that something new is known of: by subject, with events handed in beside the log. */
export type TouchedPullRequests = Map<string, PullRequestEvent[]>;

export interface PullRequest {
  subject: string;
  repoId: number;
  number: number;
}

/**
 * Of these pull requests those that are closed, by an event in hand or by what was known before. For the others there is
 * nothing to do: when a closing of theirs becomes known, the rest is read with it.
 */
async function closedAmong(
  client: PoolClient,
  orgId: number,
  pullRequests: readonly PullRequest[],
  touched: TouchedPullRequests,
): Promise<PullRequest[]> {
  const isClosing = ({ kind }: PullRequestEvent): boolean => kind === "pull_request.closed";
  const others = pullRequests.filter(({ subject }) => !touched.get(subject)?.some(isClosing));
  const rows = await query<{ subject: string }>(
    sql`select o.subject from unnest(${others.map(({ subject }) => subject)}::text[],
        ${others.map(({ repoId }) => repoId)}::integer[], ${others.map(({ number }) => number)}::integer[])
        as o (subject, repo_id, number)
      join fact_closed_pull_request f on f.org_id = ${orgId} and f.repo_id = o.repo_id and f.number = o.number`,
    client,
  );
  const open = new Set(others.map(({ subject }) => subject));
  for (const { subject } of rows) open.delete(subject);
  return pullRequests.filter(({ subject }) => !open.has(subject));
}

/** All that is known of these pull requests, each event once. Of a merge only that it happened is read. */
export async function loadClosedEvents(
  client: PoolClient,
  orgId: number,
  pullRequests: readonly PullRequest[],
  touched: TouchedPullRequests,
): Promise<Map<string, PullRequestEvent[]>> {
  const rows = await query<PullRequestEvent & { occurred_at: Date }>(
    // Each is looked up by itself, for the reason that `log-events` gives.
    sql`select e.id, e.kind, e.repo, e.subject, e.occurred_at, case when e.kind = 'pull_request.merged'
          then jsonb_build_object('number', e.payload->'number') else e.payload end as payload
      from unnest(${pullRequests.map(({ subject }) => subject)}::text[]) as wanted (subject) cross join lateral (
        select id, kind, repo, subject, occurred_at, payload from event
        where org_id = ${orgId} and subject = wanted.subject offset 0
      ) e
      where e.kind = any(${PULL_REQUEST_KINDS}::text[])`,
    client,
  );
  const byId = new Map(pullRequests.map(({ subject }) => [subject, new Map<string, PullRequestEvent>()]));
  for (const [subject, events] of touched) for (const event of events) byId.get(subject)?.set(event.id, event);
  for (const { occurred_at, ...event } of rows) {
    byId.get(event.subject)?.set(event.id, { ...event, occurredAt: occurred_at.toISOString() });
  }
  return new Map([...byId].map(([subject, events]) => [subject, [...events.values()]]));
}

/**
 * Folds everything known of these pull requests again and writes those that were closed without a merge. A pull request
 * whose events are not in the log must be handed in whole.
 * @returns how many rows were written or removed
 */
export async function refreshClosedPullRequests(
  client: PoolClient,
  stages: Stages,
  directory: ActivityDirectory,
  orgId: number,
  touched: TouchedPullRequests,
): Promise<number> {
  const pullRequests = [...touched].flatMap(([subject, [event]]) =>
    event === undefined || event.repo === null
      ? []
      : { subject, repoId: directory.repositoryId(orgId, event.repo), number: event.payload.number },
  );
  const closed = await closedAmong(client, orgId, pullRequests, touched);
  if (closed.length === 0) return 0;
  const eventsOf = await loadClosedEvents(client, orgId, closed, touched);
  const rows: (readonly CopyValue[])[] = [];
  const notClosed: PullRequest[] = [];
  for (const pullRequest of closed) {
    const events = eventsOf.get(pullRequest.subject) ?? [];
    const isMerged = events.some(({ kind }) => kind === "pull_request.merged");
    const folded = isMerged ? null : foldClosedPullRequest(events);
    if (folded === null) {
      notClosed.push(pullRequest);
      continue;
    }
    const { repoId } = pullRequest;
    const teamId = await directory.ownerAt(orgId, repoId, Date.parse(folded.closedAt));
    rows.push(closedPullRequestRow(folded, { orgId, repoId, teamId }, directory.rulesOf(orgId)));
  }
  return (await remove(client, orgId, notClosed)) + (await stages.write("fact_closed_pull_request", rows));
}

function remove(client: PoolClient, orgId: number, notClosed: readonly PullRequest[]): Promise<number> {
  return execute(
    sql`delete from fact_closed_pull_request f
      using unnest(${notClosed.map(({ repoId }) => repoId)}::integer[],
          ${notClosed.map(({ number }) => number)}::integer[])
        as m (repo_id, number)
      where f.org_id = ${orgId} and f.repo_id = m.repo_id and f.number = m.number`,
    client,
  );
}
