import type { FleetEvent } from "@/lib/events/schema";
import type { Budget, GitHubClient } from "@/lib/sources/github-api/client";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import type { SyncState } from "./sync-states";

/** A repository's history reaches back to its beginning. */
export const BEGINNING = new Date(0);
/** So much is read first, so that there is something to look at before the older years are there. */
const RECENT_MS = 90 * 24 * 3_600_000;
/** GitHub's clocks and lists may lag: what changed so long before a watermark is read again. */
const OVERLAP_MS = 10 * 60_000;

export interface WalkContext {
  client: GitHubClient;
  now: Date;
  /** How far back history is wanted; the beginning for all of it. */
  depth: Date;
  /** Head of the default branch that the log holds already; null: none. */
  knownHead: string | null;
}

/** Where the default branch was found to stand. */
export interface Head {
  branch: string;
  sha: string;
  url: string;
}

/** What one page of a walk came to. */
export interface Step {
  events: FleetEvent[];
  /** Node ids of pull requests that are to be read by themselves. */
  long: string[];
  /** Where the walk goes on; null: it is at its end. */
  cursor: object | null;
  items: number;
  /** How many there are in all; null: GitHub does not say. */
  total: number | null;
  budget: Budget | null;
  ms: number;
  /** At the end of a walk: before when everything was read, and from when on. */
  watermark: Date | null;
  completeFrom: Date | null;
  /** Where a walk further back goes on from. */
  older: object | null;
  /** What the line's end was found to be. */
  head: Head | null;
}

/** A step that brought nothing: what a walk found is said beside it. */
export const EMPTY_STEP: Step = {
  events: [],
  long: [],
  cursor: null,
  items: 0,
  total: null,
  budget: null,
  ms: 0,
  watermark: null,
  completeFrom: null,
  older: null,
  head: null,
};

/**
 * How far back a walk goes: to the watermark of the last one, the first one over the recent past, and one that began
 * further back over all that is wanted, wherever it has to begin again.
 */
export function floorOf({ entity, watermark }: SyncState, { depth, now }: WalkContext, overlapMs = OVERLAP_MS): Date {
  if (entity.startsWith("older_")) return depth;
  if (watermark !== null) return new Date(watermark.getTime() - overlapMs);
  return new Date(Math.max(now.getTime() - RECENT_MS, depth.getTime()));
}

/** @throws {GitHubFailure} `not_found` when the name belongs to another repository by now */
export function assertSame({ fullName, nodeId }: SyncState, repositoryId: string): void {
  if (repositoryId === nodeId) return;
  throw new GitHubFailure({ kind: "not_found" }, `${fullName} is another repository by now`);
}

export const isBefore = (instant: string | null, floor: string): boolean =>
  instant !== null && Date.parse(instant) < Date.parse(floor);
