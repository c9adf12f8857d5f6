import { z } from "zod";
import { fetchCodeownersPage, fetchCodeownersPath } from "@/lib/sources/github-api/codeowners";
import { mapCodeowners } from "@/lib/sources/github-api/map-history";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import type { SyncState } from "./sync-states";
import { assertSame, BEGINNING, EMPTY_STEP, type Step, type WalkContext } from "./walk";

const cursorSchema = z.object({ path: z.string(), after: z.string().nullable(), startedAt: z.string() });

/** Reads a page of the states of a repository's CODEOWNERS file: who owned what at each merge follows from them. */
export async function walkCodeowners(state: SyncState, context: WalkContext): Promise<Step> {
  const repository = repositoryNameOf(state.fullName);
  let cursor = state.cursor === null ? null : cursorSchema.parse(state.cursor);
  if (cursor === null) {
    const { path, repositoryId } = await fetchCodeownersPath(context.client, repository);
    assertSame(state, repositoryId);
    if (path === null) return { ...EMPTY_STEP, watermark: context.now, completeFrom: BEGINNING };
    cursor = { path, after: null, startedAt: context.now.toISOString() };
  }
  const { after, path, startedAt } = cursor;
  const page = await fetchCodeownersPage(context.client, repository, { path, after, first: state.pageSize });
  assertSame(state, page.repositoryId);
  const done = page.next === null;
  return {
    ...EMPTY_STEP,
    events: page.items.map((version) => mapCodeowners(state, path, version)),
    cursor: done ? null : { ...cursor, after: page.next },
    items: page.items.length,
    total: page.total,
    budget: page.budget,
    ms: page.ms,
    watermark: done ? new Date(startedAt) : null,
    completeFrom: done ? BEGINNING : null,
  };
}
