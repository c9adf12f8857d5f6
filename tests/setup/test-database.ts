import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closePool, createPool, setPool } from "@/lib/db/pool";

type TestDatabase = {
  /** Connection string of this file's database; valid once the file's tests run. */
  readonly url: string;
};

async function onServer(statement: (client: Client) => string): Promise<void> {
  const client = new Client({ connectionString: inject("databaseServerUrl") });
  await client.connect();
  try {
    // Cloning takes a lock on the template; files that start together wait for each other here instead of failing.
    await client.query("select pg_advisory_lock(1)");
    await client.query(statement(client));
  } finally {
    await client.end();
  }
}

/**
 * Gives the test file a database of its own, a clone of the migrated template, and points the pool and the Prisma
 * client of the process at it. Call it once at the top of the file.
 * @param options.migrated false for an empty database without any migration
 */
export function useTestDatabase(options: { migrated?: boolean } = {}): TestDatabase {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const address = new URL(inject("databaseServerUrl"));
  address.pathname = `/${name}`;
  const template = options.migrated === false ? "template0" : inject("templateDatabase");

  beforeAll(async () => {
    await onServer((client) => `create database ${name} template ${client.escapeIdentifier(template)}`);
    setPool(createPool(address.href, "fleetgauge-test"));
  });
  afterAll(async () => {
    await closePool();
    await onServer(() => `drop database ${name} with (force)`);
  });
  return { url: address.href };
}
