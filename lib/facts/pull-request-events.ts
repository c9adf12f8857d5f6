import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type PayloadOf, pullRequestSubject } from "@/lib/events/schema";
import { byId } from "./placement";

export type Merged = PayloadOf<"pull_request.merged">;
export type OwnCommit = PayloadOf<"pull_request.commit">;

/** What the log says of pull requests, by number; own commits in the order of their branch. */
export interface PullRequestEvents {
  merged: Map<number, Merged>;
  own: Map<number, OwnCommit[]>;
}

export type PullRequestPayload = Merged | OwnCommit;

/** Sorts out what events say of pull requests. Of several events of one thing the first by id speaks. */
export function foldPullRequestEvents(rows: { id: string; payload: PullRequestPayload }[]): PullRequestEvents {
  const events: PullRequestEvents = { merged: new Map(), own: new Map() };
  const seen = new Set<string>();
  for (const { payload } of rows.sort(byId)) {
    if ("mergeSha" in payload) {
      if (!events.merged.has(payload.number)) events.merged.set(payload.number, payload);
      continue;
    }
    const key = `${payload.number}@${payload.sha}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const own = events.own.get(payload.number);
    if (own === undefined) events.own.set(payload.number, [payload]);
    else own.push(payload);
  }
  for (const own of events.own.values()) own.sort((a, b) => a.position - b.position || (a.sha < b.sha ? -1 : 1));
  return events;
}

/** Reads merged pull requests and their own commits. */
export async function loadPullRequestEvents(
  client: PoolClient,
  { orgId, repo }: { orgId: number; repo: string },
  numbers: number[],
): Promise<PullRequestEvents> {
  if (numbers.length === 0) return foldPullRequestEvents([]);
  const rows = await query<{ id: string; payload: PullRequestPayload }>(
    sql`select id, payload from event where org_id = ${orgId}
      and subject = any(${numbers.map((number) => pullRequestSubject(repo, number))}::text[])
      and kind in ('pull_request.merged', 'pull_request.commit')`,
    client,
  );
  return foldPullRequestEvents(rows);
}
