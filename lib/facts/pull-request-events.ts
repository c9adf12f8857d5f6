import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type PayloadOf, pullRequestSubject } from "@/lib/events/schema";
import { byId, byState } from "./placement";

export type Merged = PayloadOf<"pull_request.merged">;
export type IssueLink = PayloadOf<"pull_request.issue_linked">;
export type OwnCommit = PayloadOf<"pull_request.commit">;

/** What the log says of pull requests, by number; own commits in the order of their branch. */
export interface PullRequestEvents {
  merged: Map<number, Merged>;
  own: Map<number, OwnCommit[]>;
  /** Issues that it closes, by their numbers. */
  issues: Map<number, IssueLink[]>;
}

export type PullRequestPayload = Merged | OwnCommit | IssueLink;

interface MergedState {
  id: string;
  updatedAt: string | null;
  payload: Merged;
}

/**
 * Sorts out what events say of pull requests. Of several states of one the latest speaks, before what a clone reads off
 * its commits; of several events of a commit the first by id does.
 */
export function foldPullRequestEvents(rows: { id: string; payload: PullRequestPayload }[]): PullRequestEvents {
  const events: PullRequestEvents = { merged: new Map(), own: new Map(), issues: new Map() };
  const seen = new Set<string>();
  const states = new Map<number, MergedState>();
  for (const { id, payload } of rows.sort(byId)) {
    if ("mergeSha" in payload) {
      const state = { id, updatedAt: payload.updatedAt ?? null, payload };
      const known = states.get(payload.number);
      if (known === undefined || byState(state, known) < 0) states.set(payload.number, state);
      continue;
    }
    if ("issue" in payload) {
      keepLatest(events.issues, payload);
      continue;
    }
    const key = `${payload.number}@${payload.sha}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const own = events.own.get(payload.number);
    if (own === undefined) events.own.set(payload.number, [payload]);
    else own.push(payload);
  }
  for (const [number, { payload }] of states) {
    events.merged.set(number, payload);
    const own = events.own.get(number);
    if (own !== undefined && payload.ownShas !== undefined) events.own.set(number, ownAsMerged(own, payload.ownShas));
  }
  for (const own of events.own.values()) own.sort((a, b) => a.position - b.position || (a.sha < b.sha ? -1 : 1));
  return events;
}

/** Of several states of one issue the latest speaks; of two of one instant the later by what they say. */
function keepLatest(issues: PullRequestEvents["issues"], link: IssueLink): void {
  const known = issues.get(link.number) ?? [];
  const same = known.find(({ issue }) => issue === link.issue);
  const said = ({ updatedAt, ...content }: IssueLink) => `${updatedAt} ${JSON.stringify(content)}`;
  if (same !== undefined && said(same) >= said(link)) return;
  issues.set(
    link.number,
    [...known.filter((one) => one !== same), link].sort((a, b) => a.issue - b.issue),
  );
}

/** A branch's commits as it was merged: others were on it once and were pushed away. */
function ownAsMerged(own: readonly OwnCommit[], shas: readonly string[]): OwnCommit[] {
  const bySha = new Map(own.map((commit) => [commit.sha, commit]));
  return shas.flatMap((sha, position) => {
    const commit = bySha.get(sha);
    return commit === undefined ? [] : [{ ...commit, position }];
  });
}

/** Reads merged pull requests, their own commits and the issues that they close. */
export async function loadPullRequestEvents(
  client: PoolClient,
  { orgId, repo }: { orgId: number; repo: string },
  numbers: number[],
): Promise<PullRequestEvents> {
  if (numbers.length === 0) return foldPullRequestEvents([]);
  const rows = await query<{ id: string; payload: PullRequestPayload }>(
    sql`select id, payload from event where org_id = ${orgId}
      and subject = any(${numbers.map((number) => pullRequestSubject(repo, number))}::text[])
      and kind in ('pull_request.merged', 'pull_request.commit', 'pull_request.issue_linked')`,
    client,
  );
  return foldPullRequestEvents(rows);
}
