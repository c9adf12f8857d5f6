import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** So many at once, and so many in the long run. */
export interface Pace {
  /** How many may come at once after a rest. */
  burst: number;
  /** Seconds in which that many are allowed again. */
  seconds: number;
}

/** Too many requests; answered with 429 and when to come again. */
export class TooManyRequests extends AppError {
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super({ code: "too_many_requests", message });
  }
}

/**
 * Counts a request against a pace, in the database, so that several processes count together and a restart forgets
 * nothing (generic cell rate algorithm: one time per key).
 * @returns seconds to wait when the request is too early, else null; a refused one does not count
 */
export async function takeTurn(key: string, { burst, seconds }: Pace): Promise<number | null> {
  const each = sql`make_interval(secs => ${seconds / burst})`;
  const whole = sql`make_interval(secs => ${seconds})`;
  const taken = await query(
    sql`insert into rate_limit (key, due_at) values (${key}, now() + ${each})
      on conflict (key) do update set due_at = greatest(rate_limit.due_at, now()) + ${each}
        where greatest(rate_limit.due_at, now()) + ${each} <= now() + ${whole}
      returning due_at`,
  );
  if (taken.length > 0) return null;
  // A statement of its own: the one above does not see what others wrote while it waited for them.
  const [row] = await query<{ wait: number }>(
    sql`select greatest(1, extract(epoch from due_at + ${each} - now() - ${whole}))::float8 as wait
      from rate_limit where key = ${key}`,
  );
  return row?.wait ?? 1;
}

/** @throws {TooManyRequests} */
export async function assertPace(key: string, pace: Pace, message: string): Promise<void> {
  const wait = await takeTurn(key, pace);
  if (wait !== null) throw new TooManyRequests(message, Math.ceil(wait));
}

/** Gives a turn back: a request that turned out to be in order costs nothing. */
export async function forgiveTurn(key: string, { burst, seconds }: Pace): Promise<void> {
  await query(
    sql`update rate_limit set due_at = due_at - make_interval(secs => ${seconds / burst}) where key = ${key}`,
  );
}
