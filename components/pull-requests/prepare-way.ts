import { formatHours } from "@/lib/core/format";
import type { PullRequestWay } from "@/lib/events/types";

/** One step of a pull request's way. */
export interface WayStep {
  label: string;
  at: string | null;
  /** How long after the step before it that is known; null for the first. */
  after: string | null;
}

const STEPS = [
  { key: "openedAt", label: "Opened" },
  { key: "readyAt", label: "Ready for review" },
  { key: "firstReviewAt", label: "First review by a person" },
  { key: "approvedAt", label: "Approved" },
  { key: "mergedAt", label: "Merged" },
  { key: "deployedAt", label: "In production" },
] as const satisfies readonly { key: keyof PullRequestWay; label: string }[];

const HOUR_MS = 3_600_000;

/** The steps of a way in their usual order, with the time from one that is known to the next. */
export function prepareWay(way: PullRequestWay): WayStep[] {
  let before: number | null = null;
  return STEPS.map(({ key, label }) => {
    const at = way[key];
    if (at === null) return { label, at, after: null };
    const time = Date.parse(at);
    const hours: number | null = before === null ? null : (time - before) / HOUR_MS;
    before = time;
    // A review of a draft comes before it is ready: an order that is no duration.
    const after = hours === null || hours < 0 ? null : hours === 0 ? "at once" : `${formatHours(hours)} later`;
    return { label, at, after };
  });
}
