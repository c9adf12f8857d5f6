import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import type { TestServer } from "./database-server";

type TestDatabase = {
  /** Connection string of this file's database; valid once the file's tests run. */
  readonly url: string;
};

/** The server of the worker that this runs in. */
export function testServer(): TestServer {
  const server = inject("databaseServers")[Number(process.env.VITEST_POOL_ID) - 1];
  if (server === undefined) throw new Error(`There is no server for the worker ${process.env.VITEST_POOL_ID}`);
  return server;
}

async function onServer(statement: (client: Client) => string): Promise<void> {
  const client = new Client({ connectionString: testServer().url });
  await client.connect();
  try {
    await client.query(statement(client));
  } finally {
    await client.end();
  }
}

/** A name, an address, and the statements of a database of the test server. */
function newDatabase(migrated: boolean) {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const address = new URL(testServer().url);
  address.pathname = `/${name}`;
  const template = migrated ? testServer().templateDatabase : "template0";
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
