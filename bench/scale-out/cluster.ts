import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
import { migrate, migrationsDirectory } from "@/lib/db/migrate";
import { migrateJobs } from "@/lib/jobs/worker";
import { type ProductProcess, startWebServer, startWorkerProcess, type WebServer } from "./product-process";
import { startStreamingReplica } from "./streaming-replica";

/** A primary, a replica, and whatever is started on them; all of it ends with `work`. */
export interface Cluster {
  primaryUrl: string;
  replicaUrl: string;
  startWeb(name: string): Promise<WebServer>;
  startWorker(name: string): ProductProcess;
}

/**
 * Runs work on two PostgreSQL servers in a folder that is removed afterwards: a migrated primary and its replica.
 * @param root the checkout, with a production build when web servers are started
 */
export async function withCluster<Result>(
  root: string,
  folder: string,
  work: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    await mkdir(folder, { recursive: true, mode: 0o711 });
    const dataDir = path.join(folder, "primary");
    const primary = await startEmbeddedPostgres({ dataDir });
    closers.push(primary.stop);
    await migrate(primary.url, migrationsDirectory(root));
    await migrateJobs(primary.url);
    const replica = await startStreamingReplica({ url: primary.url, dataDir }, path.join(folder, "replica"));
    closers.push(replica.stop);
    const variables = {
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URL: replica.url,
      FLEETGAUGE_DATA_DIR: path.join(folder, "data"),
      FLEETGAUGE_SECRET: randomBytes(32).toString("base64url"),
      LOG_LEVEL: "warn",
    };
    return await work({
      primaryUrl: primary.url,
      replicaUrl: replica.url,
      async startWeb(name) {
        const web = await startWebServer(name, root, variables);
        closers.push(() => web.process.stop());
        return web;
      },
      startWorker(name) {
        const worker = startWorkerProcess(name, root, variables);
        closers.push(() => worker.stop());
        return worker;
      },
    });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
