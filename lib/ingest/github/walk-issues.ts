import { z } from "zod";
import { fetchIssuePage } from "@/lib/sources/github-api/issues";
import { mapIssue } from "@/lib/sources/github-api/map-issue";
import { mapIssueLinks } from "@/lib/sources/github-api/map-issue-link";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import { ALERT_KINDS, type AlertKind, fetchAlerts, mapAlert } from "@/lib/sources/github-api/security-alerts";
import type { SyncState } from "./sync-states";
import { assertSame, BEGINNING, EMPTY_STEP, floorOf, type Step, type WalkContext } from "./walk";

const issueCursor = z.object({ after: z.string().nullable(), startedAt: z.string(), since: z.string().nullable() });

/** Reads a page of issues: the first time as far back as is wanted, later those that changed since. */
export async function walkIssues(state: SyncState, context: WalkContext): Promise<Step> {
  const from = state.watermark === null ? context.depth : floorOf(state, context);
  const cursor =
    state.cursor === null
      ? {
          after: null,
          startedAt: context.now.toISOString(),
          since: from.getTime() === BEGINNING.getTime() ? null : from.toISOString(),
        }
      : issueCursor.parse(state.cursor);
  const page = await fetchIssuePage(context.client, repositoryNameOf(state.fullName), {
    after: cursor.after,
    first: state.pageSize,
    since: cursor.since,
  });
  assertSame(state, page.repositoryId);
  const done = page.next === null;
  return {
    ...EMPTY_STEP,
    events: page.items.flatMap((issue) => [
      ...mapIssue(state, issue),
      ...mapIssueLinks(state, issue, page.repositoryId),
    ]),
    cursor: done ? null : { ...cursor, after: page.next },
    items: page.items.length,
    total: page.total,
    budget: page.budget,
    ms: page.ms,
    watermark: done ? new Date(cursor.startedAt) : null,
    completeFrom: done && state.watermark === null ? from : null,
  };
}

const alertCursor = z.object({
  kind: z.enum(ALERT_KINDS),
  page: z.int().positive(),
  after: z.string().nullable(),
  startedAt: z.string(),
});

/** Reads a page of alerts about security, one kind after the other. They are few, and all of them are read each time. */
export async function walkSecurityAlerts(state: SyncState, context: WalkContext): Promise<Step> {
  const cursor =
    state.cursor === null
      ? { kind: ALERT_KINDS[0] as AlertKind, page: 1, after: null, startedAt: context.now.toISOString() }
      : alertCursor.parse(state.cursor);
  const { kind, startedAt } = cursor;
  const { alerts, budget, ms, next } = await fetchAlerts(
    context.client,
    repositoryNameOf(state.fullName),
    kind,
    cursor,
  );
  const following = ALERT_KINDS[ALERT_KINDS.indexOf(kind) + 1];
  const goesOn =
    next !== null
      ? { ...cursor, ...next }
      : following === undefined
        ? null
        : { kind: following, page: 1, after: null, startedAt };
  return {
    ...EMPTY_STEP,
    events: alerts.flatMap((alert) => mapAlert(state, kind, alert)),
    cursor: goesOn,
    items: alerts.length,
    budget,
    ms,
    watermark: goesOn === null ? new Date(startedAt) : null,
    completeFrom: goesOn === null && state.watermark === null ? BEGINNING : null,
  };
}
