import { createLogger } from "@/lib/core/logger";
import { migrationState } from "@/lib/db/migrate";
import { getPool } from "@/lib/db/pool";

const log = createLogger("readiness");

type Readiness = { status: "ready" } | { status: "not_ready"; reason: "database_unreachable" | "migrations_pending" };

/** Whether this installation can serve: the database answers and its schema is the one of this version. */
export async function checkReadiness(): Promise<Readiness> {
  try {
    const { pending, problems } = await migrationState(getPool());
    if (pending.length === 0 && problems.length === 0) return { status: "ready" };
    log.warn({ pending, problems }, "the database schema is not the one of this version");
    return { status: "not_ready", reason: "migrations_pending" };
  } catch (error) {
    log.warn({ err: error }, "the database does not answer");
    return { status: "not_ready", reason: "database_unreachable" };
  }
}
