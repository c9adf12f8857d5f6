import type { FailureReason } from "@/lib/sources/github-api/failure";
import { smallerPage } from "./page-size";

/** What to do about a page that was not answered. */
export interface Reaction {
  state: "reading" | "failed" | "unavailable";
  pageSize: number;
  /** Milliseconds until it is tried again. */
  waitMs: number;
  /** Whether nobody may ask GitHub anything until then. */
  everyone: boolean;
  /** Whether the walk begins anew. */
  restart: boolean;
  /** Whether it counts as a failed attempt; several in a row are shown. */
  counts: boolean;
  /** Whether the credential itself is refused, and what is to be done about it is someone's. */
  broken: boolean;
  /** Whether the list of repositories is to be read again: a name may have changed its owner. */
  lookUp: boolean;
}

const SECOND_MS = 1000;
const LONGEST_MS = 15 * 60 * SECOND_MS;
const DAY_MS = 24 * 3600 * SECOND_MS;
/** Failed attempts in a row after which a page is said to fail, rather than to be still at it. */
const SHOWN_ATTEMPTS = 3;

/** 1, 2, 4 … seconds, and at most a quarter of an hour. */
export const backOff = (attempts: number): number => Math.min(LONGEST_MS, SECOND_MS * 2 ** Math.min(attempts, 20));

/**
 * Decides what a failure means for a walk.
 * @param attempts failed before this one, in a row; of a refused credential, answers that refused it
 */
export function reactTo(
  reason: FailureReason,
  { attempts, now, pageSize }: { attempts: number; now: Date; pageSize: number },
): Reaction {
  const again: Reaction = {
    state: attempts + 1 >= SHOWN_ATTEMPTS ? "failed" : "reading",
    pageSize,
    waitMs: backOff(attempts),
    everyone: false,
    restart: false,
    counts: true,
    broken: false,
    lookUp: false,
  };
  switch (reason.kind) {
    case "rate_limited":
      return {
        ...again,
        state: "reading",
        waitMs: Math.max(SECOND_MS, reason.until.getTime() - now.getTime()),
        everyone: true,
        counts: false,
      };
    case "too_heavy":
      return pageSize > 1 ? { ...again, state: "reading", pageSize: smallerPage(pageSize), waitMs: 0 } : again;
    case "stale_cursor":
      return { ...again, restart: true, waitMs: attempts === 0 ? 0 : again.waitMs };
    case "unauthorized":
      // A token may just have run out; the next request gets a new one.
      return attempts < 2 ? again : { ...again, state: "failed", everyone: true, broken: true };
    case "forbidden":
      return { ...again, state: "unavailable", waitMs: DAY_MS };
    case "not_found":
      return { ...again, lookUp: true, waitMs: Math.max(60 * SECOND_MS, again.waitMs) };
    case "transient":
    case "refused":
      return again;
  }
}
