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

/** A name, an address, and the statements of a database of the test server. */
function newDatabase(migrated: boolean) {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const address = new URL(inject("databaseServerUrl"));
  address.pathname = `/${name}`;
  const template = migrated ? inject("templateDatabase") : "template0";
  return {
    url: address.href,
    create: () => onServer((client) => `create database ${name} template ${client.escapeIdentifier(template)}`),
    drop: () => onServer(() => `drop database ${name} with (force)`),
  };
}

/**
 * Gives the test file a database of its own, a clone of the migrated template, and points the pool and the Prisma
 * client of the process at it. Call it once at the top of the file.
 * @param options.migrated false for an empty database without any migration
 */
export function useTestDatabase(options: { migrated?: boolean } = {}): TestDatabase {
  const { create, drop, url } = newDatabase(options.migrated !== false);

  beforeAll(async () => {
    await create();
    setPool(createPool(url, "fleetgauge-test"));
  });
  afterAll(async () => {
    await closePool();
    await drop();
  });
  return { url };
}

/** Points the process at another new, migrated database while `work` runs, and back at `own` after it. */
export async function inNewDatabase(own: TestDatabase, work: () => Promise<void>): Promise<void> {
  const { create, drop, url } = newDatabase(true);
  await create();
  await closePool();
  setPool(createPool(url, "fleetgauge-test"));
  try {
    await work();
  } finally {
    await closePool();
    await drop();
    setPool(createPool(own.url, "fleetgauge-test"));
  }
}
