import { Pool, type PoolClient, type PoolConfig, types } from "pg";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import { parseInt8, parseTimestamptz } from "./type-parsers";

const log = createLogger("db");

export type { Pool, PoolClient };

/** A pool or one client inside a transaction: whatever can run a statement. */
export type Queryable = Pick<PoolClient, "query">;

const MAX_CONNECTIONS = 10;
const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 10_000;

const overrides = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, parseInt8],
  [types.builtins.DATE, (text) => text],
  [types.builtins.TIMESTAMPTZ, parseTimestamptz],
]);

/** BIGINT is read as a checked number, `date` stays `YYYY-MM-DD`, `timestamptz` becomes a Date. */
const typeParsers = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    return overrides.get(oid) ?? types.getTypeParser(oid, format);
  },
};

/** The session guards of the product: at most ten connections, limits of time, every session in UTC. */
export function poolConfig(connectionString: string, applicationName: string): PoolConfig {
  return {
    connectionString,
    application_name: applicationName,
    max: MAX_CONNECTIONS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: "-c timezone=UTC",
    types: typeParsers,
  };
}

/** Keeps the process alive when the server drops a connection. @returns the same pool */
export function guardPool(pool: Pool): Pool {
  // An idle connection that the server drops is replaced at the next use; without a listener it would end the process.
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"));
  // The same for one that is lost while in use: its statement fails, the process goes on.
  pool.on("connect", (client) => {
    client.on("error", (error) => log.warn({ err: error }, "a database connection was lost"));
  });
  return pool;
}

/**
 * Makes a pool with the session guards of the product.
 * @param applicationName shown in `pg_stat_activity`
 */
export function createPool(connectionString: string, applicationName: string): Pool {
  return guardPool(new Pool(poolConfig(connectionString, applicationName)));
}

/** Next.js bundles this module once per entry, so the one pool of a process hangs on the global object. */
const holder: typeof globalThis & { fleetgaugePool?: Pool } = globalThis;

/** The pool of this process. @throws {AppError} `unavailable` when no database is configured. */
export function getPool(): Pool {
  holder.fleetgaugePool ??= createPool(requireDatabaseUrl(), "fleetgauge");
  return holder.fleetgaugePool;
}

/** Gives this process another pool: the command line and the tests choose their database at run time. */
export function setPool(pool: Pool): void {
  holder.fleetgaugePool = pool;
}

/** Closes the pool of this process, if it was used. */
export async function closePool(): Promise<void> {
  const pool = holder.fleetgaugePool;
  holder.fleetgaugePool = undefined;
  await pool?.end();
}

function requireDatabaseUrl(): string {
  const { databaseUrl } = env();
  if (databaseUrl === null) {
    throw new AppError({
      code: "unavailable",
      message: "No database is configured: set DATABASE_URL or use npm start.",
    });
  }
  return databaseUrl;
}
