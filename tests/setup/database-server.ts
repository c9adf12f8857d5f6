import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
import { migrate } from "@/lib/db/migrate";
import { migrateJobs } from "@/lib/jobs/worker";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the maintenance database of the throw-away server. */
    databaseServerUrl: string;
    templateDatabase: string;
  }
}

const TEMPLATE = "fleetgauge_template";

/** Starts one throw-away PostgreSQL for the run and migrates the database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "fleetgauge-test-"));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  const teardown = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const templateUrl = new URL(server.url);
    templateUrl.pathname = `/${TEMPLATE}`;
    const client = new Client({ connectionString: server.url });
    await client.connect();
    await client.query(`create database ${client.escapeIdentifier(TEMPLATE)}`);
    await client.end();
    await migrate(templateUrl.href);
    await migrateJobs(templateUrl.href);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("databaseServerUrl", server.url);
  project.provide("templateDatabase", TEMPLATE);
  return teardown;
}
