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
  const each = seconds / burst;
  const [row] = await query<{ wait: number | null }>(
    sql`with asked as (
        select coalesce((select due_at from rate_limit where key = ${key}), now()) as due_at
      ), taken as (
        insert into rate_limit (key, due_at) values (${key}, now() + make_interval(secs => ${each}))
        on conflict (key) do update set due_at = greatest(rate_limit.due_at, now()) + make_interval(secs => ${each})
          where greatest(rate_limit.due_at, now()) + make_interval(secs => ${each})
            <= now() + make_interval(secs => ${seconds})
        returning due_at
      )
      select case when exists (select from taken) then null
        else greatest(1, extract(epoch from (select due_at from asked) + make_interval(secs => ${each})
          - now() - make_interval(secs => ${seconds})))::float8 end as wait`,
  );
  return row?.wait ?? null;
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
