import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
import { migrate } from "@/lib/db/migrate";
import { migrateJobs } from "@/lib/jobs/worker";

/** A throw-away server, whose template is what test files clone. */
export interface TestServer {
  /** Connection string of its maintenance database. */
  url: string;
  templateDatabase: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** One for each worker. */
    databaseServers: TestServer[];
  }
}

const TEMPLATE = "fleetgauge_template";

async function startServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "fleetgauge-test-"));
  const { stop, url } = await startEmbeddedPostgres({ dataDir, durable: false });
  const teardown = async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const templateUrl = new URL(url);
    templateUrl.pathname = `/${TEMPLATE}`;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`create database ${client.escapeIdentifier(TEMPLATE)}`);
    await client.end();
    await migrate(templateUrl.href);
    await migrateJobs(templateUrl.href);
  } catch (error) {
    await teardown();
    throw error;
  }
  return { server: { url, templateDatabase: TEMPLATE }, stop: teardown };
}

/**
 * Starts a throw-away PostgreSQL for each worker: transactions are a matter of the whole server, so that files that run at
 * the same time would see each other's on one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started: Awaited<ReturnType<typeof startServer>>[] = [];
  const stopAll = async () => {
    for (const { stop } of started) await stop();
  };
  try {
    for (let worker = 0; worker < project.vitest.config.maxWorkers; worker += 1) started.push(await startServer());
  } catch (error) {
    await stopAll();
    throw error;
  }
  project.provide(
    "databaseServers",
    started.map(({ server }) => server),
  );
  return stopAll;
}
