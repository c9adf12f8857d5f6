import { z } from "zod";
import type { ApiLandedCommit } from "@/lib/sources/github-api/answers";
import { fetchDefaultBranch, fetchHistoryPage, pickLine } from "@/lib/sources/github-api/history";
import { mapLandedCommit } from "@/lib/sources/github-api/map-history";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import type { SyncState } from "./sync-states";
import { assertSame, BEGINNING, EMPTY_STEP, floorOf, isBefore, type Step, type WalkContext } from "./walk";

const cursorSchema = z.object({
  branch: z.string(),
  head: z.string(),
  url: z.string(),
  /** Commit whose ancestors are listed, and where the list stands. */
  from: z.string(),
  after: z.string().nullable(),
  /** The next commit of the line. */
  expected: z.string(),
  /** Where the line is known from; null: nowhere. */
  until: z.string().nullable(),
  startedAt: z.string(),
  floor: z.string(),
});
type Cursor = z.infer<typeof cursorSchema>;

const clockOf = ({ author, committer }: ApiLandedCommit): string | null => committer?.date ?? author?.date ?? null;

/**
 * Reads a page of the default branch's history and keeps its first-parent line: from where the branch stands now back to
 * what is known already, or to the floor.
 */
export async function walkHistory(state: SyncState, context: WalkContext): Promise<Step> {
  if (state.cursor !== null) return walkOn(state, context, cursorSchema.parse(state.cursor));
  const { head, repositoryId, url } = await fetchDefaultBranch(context.client, repositoryNameOf(state.fullName));
  assertSame(state, repositoryId);
  if (head === null) return { ...EMPTY_STEP, watermark: context.now, completeFrom: BEGINNING };
  const found = { branch: head.branch, sha: head.sha, url };
  // What was imported from a clone under this head is not how far GitHub was read back.
  const until = state.watermark === null ? null : context.knownHead;
  if (head.sha === until) return { ...EMPTY_STEP, watermark: context.now, head: found };
  return walkOn(state, context, {
    branch: head.branch,
    head: head.sha,
    url,
    from: head.sha,
    after: null,
    expected: head.sha,
    until,
    startedAt: context.now.toISOString(),
    // A later walk ends where the line is known, whatever the clocks of its commits say.
    floor: (until === null ? floorOf({ ...state, watermark: null }, context) : context.depth).toISOString(),
  });
}

async function walkOn(state: SyncState, context: WalkContext, cursor: Cursor): Promise<Step> {
  const { after, from } = cursor;
  const page = await fetchHistoryPage(context.client, repositoryNameOf(state.fullName), {
    from,
    after,
    first: state.pageSize,
  });
  assertSame(state, page.repositoryId);
  const picked = pickLine(page.items, cursor.expected);
  const known = picked.line.findIndex(({ oid }) => oid === cursor.until);
  const line = known === -1 ? picked.line : picked.line.slice(0, known);
  const expected = known === -1 ? picked.expected : cursor.until;
  const last = line.at(-1);
  const old = last !== undefined && isBefore(clockOf(last), cursor.floor);
  const done = expected === null || expected === cursor.until || old;
  // The list is at its end and the line is not: clocks put them in another order. It goes on from the missing commit.
  const next =
    page.next !== null || expected === null
      ? { ...cursor, after: page.next, expected: expected ?? cursor.expected }
      : { ...cursor, from: expected, after: null, expected };
  const meets = cursor.until !== null && expected === cursor.until;
  const reached = expected === null ? BEGINNING : new Date(cursor.floor);
  const goesOn =
    done &&
    state.entity === "history" &&
    expected !== null &&
    !meets &&
    context.depth.getTime() < Date.parse(cursor.floor);
  return {
    ...EMPTY_STEP,
    events: line.map((commit) => mapLandedCommit(state, commit)),
    cursor: done ? null : next,
    items: page.items.length,
    total: page.total,
    budget: page.budget,
    ms: page.ms,
    watermark: done ? new Date(cursor.startedAt) : null,
    completeFrom: done && !meets ? reached : null,
    older: goesOn
      ? { ...cursor, from: expected, after: null, expected, until: null, floor: context.depth.toISOString() }
      : null,
    head: done && state.entity === "history" ? { branch: cursor.branch, sha: cursor.head, url: cursor.url } : null,
  };
}
