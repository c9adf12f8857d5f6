import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { ATTEMPT_LIFETIME } from "./identity/attempts";

/** Days for which a link that is over can still be seen by whoever looks into the database. */
const KEPT_DAYS = 30;

/** Deletes what nobody can use any more: sessions, half-done sign-ins and links that are over, limits of who is at rest. */
export async function pruneAccounts(): Promise<void> {
  await execute(sql`delete from rate_limit where due_at < now()`);
  await execute(sql`delete from user_session where expires_at < now()`);
  await execute(sql`delete from user_verification where expires_at < now()`);
  await execute(sql`delete from sign_in_attempt where created_at < now() - ${ATTEMPT_LIFETIME}::interval`);
  await execute(sql`delete from invitation where expires_at < now() - make_interval(days => ${KEPT_DAYS})`);
}
