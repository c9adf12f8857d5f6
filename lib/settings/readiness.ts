import { createLogger } from "@/lib/core/logger";
import { migrationState } from "@/lib/db/migrate";
import { getPool } from "@/lib/db/pool";
import { examineReplica } from "@/lib/db/read-pool";

const log = createLogger("readiness");

type NotReadyReason = "database_unreachable" | "migrations_pending" | "replica_unusable";

type Readiness = { status: "ready" } | { status: "not_ready"; reason: NotReadyReason };

async function databaseProblem(): Promise<NotReadyReason | null> {
  try {
    const { pending, problems } = await migrationState(getPool());
    if (pending.length === 0 && problems.length === 0) return null;
    log.warn({ pending, problems }, "the database schema is not the one of this version");
    return "migrations_pending";
  } catch (error) {
    log.warn({ err: error }, "the database does not answer");
    return "database_unreachable";
  }
}

/**
 * Whether this installation can serve: the database answers, its schema is the one of this version, and so it is with
 * the replica, if one is configured.
 */
export async function checkReadiness(): Promise<Readiness> {
  const problem = await databaseProblem();
  if (problem !== null) return { status: "not_ready", reason: problem };
  try {
    await examineReplica();
    return { status: "ready" };
  } catch (error) {
    log.warn({ err: error }, "the replica cannot be read from");
    return { status: "not_ready", reason: "replica_unusable" };
  }
}
