import { AppError } from "@/lib/core/errors";
import { migrationState } from "./migrate";
import type { Queryable } from "./pool";

/** What makes two servers copies of one another. */
export interface ServerIdentity {
  /** Made by `initdb` and kept by every physical copy. */
  systemIdentifier: string;
  database: string;
  /** True on a replica: it replays what its primary writes and takes no writes itself. */
  inRecovery: boolean;
}

/** Asks a server who it is. */
export async function readServerIdentity(client: Queryable): Promise<ServerIdentity> {
  const { rows } = await client.query<ServerIdentity>(
    `select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
       current_database() as database, pg_is_in_recovery() as "inRecovery"`,
  );
  const [identity] = rows;
  if (identity === undefined) throw new Error("The server does not say who it is");
  return identity;
}

/**
 * Makes sure that reading from a replica gives the answers of this installation: it follows the same primary, holds the
 * same database, and has received every migration of this version.
 * @param name how messages call the replica
 * @throws {AppError} `unavailable` with what is wrong, in words for an operator
 */
export async function checkReplica(replica: Queryable, primary: ServerIdentity, name: string): Promise<void> {
  const refuse = (reason: string) =>
    new AppError({ code: "unavailable", message: `The database of DATABASE_REPLICA_URL (${name}) ${reason}` });
  const identity = await readServerIdentity(replica);
  if (identity.systemIdentifier !== primary.systemIdentifier || identity.database !== primary.database) {
    throw refuse("is not a copy of the one of DATABASE_URL: it would show other data.");
  }
  if (!identity.inRecovery) {
    throw refuse("is no longer a replica: it takes writes itself and does not follow the primary.");
  }
  const { pending, problems } = await migrationState(replica);
  if (problems.length > 0) throw refuse(`does not fit to this version: ${problems.join(" ")}`);
  if (pending.length > 0) {
    throw refuse(`has not received the migration ${pending[0]} yet. It is read from as soon as it has.`);
  }
}
