import { type FailureReason, GitHubFailure } from "./failure";

type Kind = FailureReason["kind"];

/** What may be otherwise when the same is asked once more. */
const PASSING: ReadonlySet<Kind> = new Set<Kind>(["transient", "too_heavy"]);
/** In a list that is read in one go also a place that GitHub forgot, and a token that had just run out. */
const PASSING_IN_LISTS: ReadonlySet<Kind> = new Set<Kind>([...PASSING, "stale_cursor", "unauthorized"]);
/** With one failure in seven answers none of sixty pages would ever be read if the list began anew each time. */
const PAGE_ATTEMPTS = 6;

async function again<Answer>(
  ask: () => Promise<Answer>,
  { attempts, passing }: { attempts: number; passing: ReadonlySet<Kind> },
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const kind = error instanceof GitHubFailure ? error.reason.kind : null;
      if (kind === null || !passing.has(kind) || attempt >= attempts) throw error;
    }
  }
}

/** Asks again at once what failed on the way: someone is waiting, so not for long. */
export const persistently = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
  again(ask, { attempts: 3, passing: PASSING });

/** Asks again at once for a page of a list that is read in one go. Limits are the caller's to heed. */
export const pageOfList = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
  again(ask, { attempts: PAGE_ATTEMPTS, passing: PASSING_IN_LISTS });
