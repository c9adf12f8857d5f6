import { z } from "zod";
import { mapPullRequest } from "@/lib/sources/github-api/map-pull-request";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import { fetchPullRequestPage } from "@/lib/sources/github-api/pull-requests";
import type { SyncState } from "./sync-states";
import { assertSame, BEGINNING, floorOf, isBefore, type Step, type WalkContext } from "./walk";

const cursorSchema = z.object({ after: z.string().nullable(), startedAt: z.string(), floor: z.string() });

/**
 * Reads a page of pull requests, latest change first, until what the last walk saw. What changes meanwhile moves to the
 * front and is met by the next walk, which goes back to before this one began.
 */
export async function walkPullRequests(state: SyncState, context: WalkContext): Promise<Step> {
  const first = state.watermark === null && state.entity === "pull_requests";
  const cursor =
    state.cursor === null
      ? { after: null, startedAt: context.now.toISOString(), floor: floorOf(state, context).toISOString() }
      : cursorSchema.parse(state.cursor);
  const page = await fetchPullRequestPage(context.client, repositoryNameOf(state.fullName), {
    after: cursor.after,
    first: state.pageSize,
  });
  assertSame(state, page.repositoryId);
  // The last page of a later walk reaches into what is known; the first one's is where the older walk goes on from.
  const isNew = ({ updatedAt }: { updatedAt: string }) =>
    state.watermark === null || !isBefore(updatedAt, cursor.floor);
  const items = page.items.filter(isNew);
  const done = page.next === null || isBefore(page.oldest, cursor.floor);
  const reached = page.next === null ? BEGINNING : new Date(cursor.floor);
  const goesOn = done && first && page.next !== null && context.depth.getTime() < Date.parse(cursor.floor);
  return {
    events: items.flatMap((pull) => mapPullRequest(state, pull)),
    long: page.long.filter(isNew).map(({ id }) => id),
    cursor: done ? null : { ...cursor, after: page.next },
    items: page.items.length + page.long.length,
    total: page.total,
    budget: page.budget,
    ms: page.ms,
    watermark: done ? new Date(cursor.startedAt) : null,
    // A later walk adds nothing at the other end.
    completeFrom: done && (first || state.entity === "older_pull_requests") ? reached : null,
    older: goesOn ? { ...cursor, after: page.next, floor: context.depth.toISOString() } : null,
    head: null,
  };
}
