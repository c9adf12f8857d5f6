import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { failAbandonedOperations } from "@/lib/settings/operations";

/** An operation whose job was tried as often as it may be would otherwise seem to run for ever. */
export async function failOperationsWithoutJob(): Promise<void> {
  const jobs = await query<{ key: string }>(
    sql`select key from graphile_worker.jobs where key is not null and (attempts < max_attempts or locked_at is not null)`,
  );
  await failAbandonedOperations(
    jobs.map(({ key }) => key).filter((key) => UUID.test(key)),
    { message: "The worker was ended in the middle of this more than once. Start it again.", pointer: null },
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
