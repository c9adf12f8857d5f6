import { Pool, type PoolClient } from "pg";
import { AppError, errorMessage } from "@/lib/core/errors";
import { checkReplica, type ServerIdentity } from "./check-replica";
import { describeDatabase } from "./describe-database";
import { guardPool, poolConfig } from "./pool";

/** A connection is checked when it is new, so one that outlived a failover is found out within this time. */
const MAX_LIFETIME_SECONDS = 300;

type Callback = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void;

/**
 * Connections to a replica. Each is checked before its first use; whatever keeps one from being opened becomes an
 * `AppError` with code `unavailable` that names the replica.
 */
class ReplicaPool extends Pool {
  readonly #name: string;

  constructor(connectionString: string, applicationName: string, primary: () => Promise<ServerIdentity>) {
    const name = describeDatabase(connectionString);
    super({
      ...poolConfig(connectionString, applicationName),
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
      verify: (client, done) => {
        primary()
          .then((identity) => checkReplica(client, identity, name))
          .then(() => done(), done);
      },
    });
    this.#name = name;
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<PoolClient> | undefined {
    if (callback === undefined) {
      return super.connect().catch((error: unknown) => {
        throw this.#explain(error);
      });
    }
    super.connect((error, client, done) => callback(error && this.#explain(error), client, done));
    return undefined;
  }

  #explain(error: unknown): AppError {
    if (error instanceof AppError) return error;
    return new AppError({
      code: "unavailable",
      message: `The database of DATABASE_REPLICA_URL (${this.#name}) cannot be read from: ${errorMessage(error)}`,
      cause: error,
    });
  }
}

/**
 * Makes a pool of connections to a replica, with the session guards of the product.
 * @param primary says who the primary is; asked once for every new connection
 */
export function createReplicaPool(
  connectionString: string,
  applicationName: string,
  primary: () => Promise<ServerIdentity>,
): Pool {
  return guardPool(new ReplicaPool(connectionString, applicationName, primary));
}
