import { z } from "zod";
import type { FleetEvent } from "@/lib/events/schema";
import { fetchDeploymentPage, fetchWorkflowRunPage } from "@/lib/sources/github-api/activity";
import { fetchCheckPage } from "@/lib/sources/github-api/checks";
import type { GitHubClient } from "@/lib/sources/github-api/client";
import { mapChecks, mapDeployment, mapRelease, mapWorkflowRun } from "@/lib/sources/github-api/map-activity";
import { type Page, type RepositoryName, repositoryNameOf } from "@/lib/sources/github-api/page";
import { fetchReleasePage } from "@/lib/sources/github-api/releases";
import type { SyncState } from "./sync-states";
import { assertSame, EMPTY_STEP, floorOf, isBefore, type Step, type WalkContext } from "./walk";

const DAY_MS = 24 * 3_600_000;
/** A deployment's statuses come after it, and nothing tells of them: those of a week are read again. */
const DEPLOYMENT_OVERLAP_MS = 7 * DAY_MS;
/** A release may lie there as a draft for a while. */
const RELEASE_OVERLAP_MS = 90 * DAY_MS;
/** A run ends hours after it was made, and a check hours after its pull request changed. */
const RUN_OVERLAP_MS = DAY_MS;
const RUNS_AT_ONCE = 100;

const listCursor = z.object({ after: z.string().nullable(), startedAt: z.string(), floor: z.string() });

interface LatestFirst<Item> {
  fetch: (
    client: GitHubClient,
    repository: RepositoryName,
    page: { after: string | null; first: number; floor: string },
  ) => Promise<Page<Item>>;
  map: (state: SyncState, item: Item) => FleetEvent[];
  /** The instant that the list is ordered by. */
  at: (item: Item) => string;
  /** How long before a watermark a later walk goes back. */
  overlapMs: number;
}

/** A walk over a list that GitHub orders by an instant, the latest first, until what the last walk saw. */
function latestFirst<Item>({ at, fetch, map, overlapMs }: LatestFirst<Item>) {
  return async (state: SyncState, context: WalkContext): Promise<Step> => {
    const cursor =
      state.cursor === null
        ? {
            after: null,
            startedAt: context.now.toISOString(),
            floor: activityFloor(state, context, overlapMs).toISOString(),
          }
        : listCursor.parse(state.cursor);
    const page = await fetch(context.client, repositoryNameOf(state.fullName), {
      after: cursor.after,
      first: state.pageSize,
      floor: cursor.floor,
    });
    assertSame(state, page.repositoryId);
    const last = page.items.at(-1);
    const done = page.next === null || isBefore(last === undefined ? null : at(last), cursor.floor);
    return {
      ...shared(state, page, done ? cursor : null),
      events: page.items.flatMap((item) => map(state, item)),
      cursor: done ? null : { ...cursor, after: page.next },
      items: page.items.length,
    };
  };
}

export const walkDeployments = latestFirst({
  fetch: fetchDeploymentPage,
  map: mapDeployment,
  at: ({ createdAt }) => createdAt,
  overlapMs: DEPLOYMENT_OVERLAP_MS,
});

export const walkChecks = latestFirst({
  fetch: fetchCheckPage,
  map: mapChecks,
  at: ({ updatedAt }) => updatedAt,
  overlapMs: RUN_OVERLAP_MS,
});

export const walkReleases = latestFirst({
  fetch: fetchReleasePage,
  map: mapRelease,
  at: ({ createdAt }) => createdAt,
  overlapMs: RELEASE_OVERLAP_MS,
});

const runCursor = z.object({
  createdTo: z.string(),
  page: z.int().positive(),
  startedAt: z.string(),
  floor: z.string(),
});

/**
 * Reads a page of workflow runs, the latest first. GitHub answers a thousand runs of one question and no more, so each
 * question is about those made up to the last one seen.
 */
export async function walkWorkflowRuns(state: SyncState, context: WalkContext): Promise<Step> {
  const startedAt = context.now.toISOString();
  const cursor =
    state.cursor === null
      ? { createdTo: startedAt, page: 1, startedAt, floor: activityFloor(state, context, RUN_OVERLAP_MS).toISOString() }
      : runCursor.parse(state.cursor);
  const page = await fetchWorkflowRunPage(context.client, repositoryNameOf(state.fullName), {
    createdFrom: cursor.floor,
    createdTo: cursor.createdTo,
    page: cursor.page,
    size: RUNS_AT_ONCE,
  });
  const last = page.items.at(-1)?.created_at ?? null;
  const done = page.next === null || last === null;
  const moves = last !== null && Date.parse(last) < Date.parse(cursor.createdTo);
  const next = moves ? { ...cursor, createdTo: last, page: 1 } : { ...cursor, page: cursor.page + 1 };
  return {
    ...shared(state, page, done ? cursor : null),
    events: page.items.flatMap((run) => mapWorkflowRun(state, run)),
    cursor: done ? null : next,
    items: page.items.length,
  };
}

/** What happened around pull requests is read as far back as they are, at once. */
function activityFloor(state: SyncState, context: WalkContext, overlapMs: number): Date {
  return state.watermark === null ? context.depth : floorOf(state, context, overlapMs);
}

function shared(
  { watermark }: SyncState,
  { budget, ms, total }: Pick<Step, "budget" | "ms" | "total">,
  ended: { startedAt: string; floor: string } | null,
): Step {
  return {
    ...EMPTY_STEP,
    total,
    budget,
    ms,
    watermark: ended === null ? null : new Date(ended.startedAt),
    completeFrom: ended === null || watermark !== null ? null : new Date(ended.floor),
  };
}
