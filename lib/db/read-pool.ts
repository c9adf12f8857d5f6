import type { Pool } from "pg";
import { env } from "@/lib/core/env";
import { checkReplica, readServerIdentity, type ServerIdentity } from "./check-replica";
import { describeDatabase } from "./describe-database";
import { getPool } from "./pool";
import { type ReplicaLag, readReplicaLag } from "./replica-lag";
import { createReplicaPool } from "./replica-pool";

interface Replica {
  /** Host, port and database. */
  name: string;
  pool: Pool;
  /** Who the primary is, once it has said so: a replica goes on answering while its primary is away. */
  primary: ServerIdentity | null;
}

/** As with the pool: one per process, however often this module is bundled. */
const holder: typeof globalThis & { fleetgaugeReplica?: Replica } = globalThis;

function openReplica(connectionString: string): Replica {
  const replica: Replica = {
    name: describeDatabase(connectionString),
    primary: null,
    pool: createReplicaPool(connectionString, "fleetgauge-reader", () => identifyPrimary(replica)),
  };
  return replica;
}

async function identifyPrimary(replica: Replica): Promise<ServerIdentity> {
  replica.primary ??= await readServerIdentity(getPool());
  return replica.primary;
}

function currentReplica(): Replica | null {
  if (holder.fleetgaugeReplica !== undefined) return holder.fleetgaugeReplica;
  const { databaseReplicaUrl } = env();
  if (databaseReplicaUrl === null) return null;
  holder.fleetgaugeReplica = openReplica(databaseReplicaUrl);
  return holder.fleetgaugeReplica;
}

/**
 * The pool that dashboards read from: the replica's when `DATABASE_REPLICA_URL` names one, else the primary's. A
 * replica that is away or that is none of this primary is an error, never a reason to read elsewhere.
 */
export function getReadPool(): Pool {
  return currentReplica()?.pool ?? getPool();
}

/**
 * Looks at the replica anew, whatever an open connection was checked for before.
 * @returns what it is called and how far it is behind; null when none is configured
 * @throws {AppError} `unavailable` when it is away or must not be read from, with the reason
 */
export async function examineReplica(): Promise<({ name: string } & ReplicaLag) | null> {
  const replica = currentReplica();
  if (replica === null) return null;
  const client = await replica.pool.connect();
  try {
    await checkReplica(client, await identifyPrimary(replica), replica.name);
    const lag = await readReplicaLag(client);
    return { name: replica.name, lagSeconds: lag?.lagSeconds ?? null };
  } finally {
    client.release();
  }
}

/** Lets this process read from a replica that is chosen at run time, as the tests do. */
export function useReplica(connectionString: string): void {
  holder.fleetgaugeReplica = openReplica(connectionString);
}

/** Closes the replica's pool, if there is one. */
export async function closeReadPool(): Promise<void> {
  const replica = holder.fleetgaugeReplica;
  holder.fleetgaugeReplica = undefined;
  await replica?.pool.end();
}
