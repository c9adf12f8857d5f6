import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { OWNER } from "@/bench/company/company";
import type { CompanySize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { AppError } from "@/lib/core/errors";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
import { migrate, migrationsDirectory } from "@/lib/db/migrate";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { closeReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { migrateJobs } from "@/lib/jobs/worker";
import { cacheKey } from "./cache-key";
import { createDatabase } from "./on-server";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const INTERRUPTED = 130;
const MANIFEST = "loaded.json";

/** The database of a benchmark and where it remembers what was loaded. */
export interface BenchDatabase {
  url: string;
  /** What an earlier load of this company wrote down; null when there is none. */
  loaded: unknown;
  /** Writes it down once the load is whole. */
  remember(manifest: unknown): void;
}

/** The benchmark's own files: one folder per company, never the data directory of the product. */
export const benchDirectory = (root: string): string => path.join(root, ".bench");

/** Loads of the same company that no version of the sources will ask for again; each takes gigabytes. */
async function removeOutdated(context: BenchContext, company: string, current: string): Promise<void> {
  const directory = benchDirectory(context.root);
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(`${company}-`) || name === current) continue;
    const release = await context.lock(path.join(directory, name, "lock.json"));
    if (release === null) continue;
    rmSync(path.join(directory, name), { recursive: true, force: true });
  }
}

/** Runs work with the pool of this process on a database of ours. */
export async function withPool<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  setPool(createPool(url, "fleetgauge-bench"));
  try {
    return await work();
  } finally {
    await closeReadPool();
    await closePool();
  }
}

/** Brings a database to the newest schema of the product and of its job queue. */
export async function bringUpToDate(context: BenchContext, url: string): Promise<void> {
  await migrate(url, migrationsDirectory(context.root));
  await migrateJobs(url);
}

/**
 * Runs work on the database of a company: a PostgreSQL of its own under `.bench`, started on a free port and stopped
 * again. The pool of this process is on it meanwhile.
 * @throws {AppError} `conflict` when another benchmark uses the same one
 */
export async function withCompanyDatabase<Result>(
  context: BenchContext,
  size: CompanySize,
  work: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  const { company, version } = cacheKey(context.root, size);
  const key = `${company}-${version}`;
  const dataDir = path.join(benchDirectory(context.root), key);
  await mkdir(benchDirectory(context.root), { recursive: true, mode: 0o711 });
  await removeOutdated(context, company, key);
  const release = await context.lock(path.join(dataDir, "lock.json"));
  if (release === null) throw new AppError({ code: "conflict", message: `Another benchmark uses ${dataDir}.` });
  try {
    const manifest = path.join(dataDir, MANIFEST);
    const server = await startEmbeddedPostgres({ dataDir });
    const stopAndExit = () => {
      server.stop().finally(() => process.exit(INTERRUPTED));
    };
    for (const signal of SIGNALS) process.once(signal, stopAndExit);
    try {
      // Half a load would count as the rest of one that took no time.
      if (!existsSync(manifest)) await createDatabase(server.url, null);
      await bringUpToDate(context, server.url);
      return await withPool(server.url, () =>
        work({
          url: server.url,
          loaded: existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : null,
          remember: (value) => writeFileSync(manifest, `${JSON.stringify(value)}\n`),
        }),
      );
    } finally {
      for (const signal of SIGNALS) process.off(signal, stopAndExit);
      await server.stop();
    }
  } finally {
    release();
  }
}

/** Runs work on a database of the user's; it is loaded anew unless it holds the organisation of the benchmark. */
export async function withUserDatabase<Result>(
  context: BenchContext,
  url: string,
  work: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  await bringUpToDate(context, url);
  return withPool(url, async () => {
    const [known] = await query<{ known: boolean }>(
      sql`select exists (select from organization where slug = ${OWNER}) as known`,
    );
    const loaded = known?.known === true ? { loadedAt: "an earlier run", steps: [] } : null;
    return work({ url, loaded, remember: () => undefined });
  });
}
