import { z } from "zod";
import { mapReviewComment } from "@/lib/sources/github-api/map-activity";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import { fetchReviewCommentPage } from "@/lib/sources/github-api/review-comments";
import type { SyncState } from "./sync-states";
import { BEGINNING, EMPTY_STEP, floorOf, type Step, type WalkContext } from "./walk";

const cursorSchema = z.object({ since: z.string().nullable(), page: z.int().positive(), startedAt: z.string() });

/**
 * Reads a page of review comments, the earliest change first. Each question is about those that changed since the last one
 * seen, not about a page of a list that moves while it is read.
 */
export async function walkReviewComments(state: SyncState, context: WalkContext): Promise<Step> {
  const from = state.watermark === null ? context.depth : floorOf(state, context);
  const cursor =
    state.cursor === null
      ? {
          since: from.getTime() === BEGINNING.getTime() ? null : from.toISOString(),
          page: 1,
          startedAt: context.now.toISOString(),
        }
      : cursorSchema.parse(state.cursor);
  const page = await fetchReviewCommentPage(context.client, repositoryNameOf(state.fullName), cursor);
  const last = page.items.at(-1)?.updated_at ?? null;
  const done = page.next === null || last === null;
  const moves = last !== null && (cursor.since === null || Date.parse(last) > Date.parse(cursor.since));
  const next = moves ? { ...cursor, since: last, page: 1 } : { ...cursor, page: cursor.page + 1 };
  return {
    ...EMPTY_STEP,
    events: page.items.flatMap((comment) => mapReviewComment(state, comment)),
    cursor: done ? null : next,
    items: page.items.length,
    budget: page.budget,
    ms: page.ms,
    watermark: done ? new Date(cursor.startedAt) : null,
    completeFrom: done && state.watermark === null ? from : null,
  };
}
