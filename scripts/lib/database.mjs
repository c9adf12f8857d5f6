import path from "node:path";
import { Failure } from "./failure.mjs";
import { writeJson } from "./process-lock.mjs";
import { step } from "./steps.mjs";

/** Where a command finds the database of a running start. */
export function connectionFile(dataDir) {
  return path.join(dataDir, "connection.json");
}

/** @template Result @param {() => Promise<Result>} work @returns {Promise<Result>} */
export async function explained(work) {
  const { AppError } = await import("../../lib/core/errors.ts");
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw new Failure(error.message);
    throw error;
  }
}

/** Starts the packaged PostgreSQL and leaves the way to it for commands. */
export async function startEmbedded(dataDir) {
  const { startEmbeddedPostgres } = await import("../../lib/db/embedded-postgres/server.ts");
  const server = await explained(() => startEmbeddedPostgres({ dataDir }));
  writeJson(connectionFile(dataDir), { url: server.url });
  return server;
}

/** Checks a PostgreSQL of the user's. */
async function checkExternal(url) {
  const { checkServer } = await import("../../lib/db/check-server.ts");
  return explained(() => checkServer(url));
}

/** Brings the schema of the product and of the job queue up to date. */
export async function migrateAll(url) {
  const { migrate, migrationsDirectory } = await import("../../lib/db/migrate.ts");
  const { migrateJobs } = await import("../../lib/jobs/worker.ts");
  const { ROOT } = await import("./paths.mjs");
  const { applied } = await explained(() => migrate(url, migrationsDirectory(ROOT)));
  await migrateJobs(url);
  return { note: applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}` };
}

/**
 * The database that this start uses: the user's, or the packaged one.
 * @param {{ databaseUrl: string | null, dataDir: string }} env
 * @returns {Promise<{ url: string, server: import("../../lib/db/embedded-postgres/server.ts").EmbeddedPostgres | null }>}
 */
export async function openDatabase({ databaseUrl, dataDir }) {
  if (databaseUrl !== null) {
    const facts = await step("PostgreSQL of DATABASE_URL", async () => {
      const found = await checkExternal(databaseUrl);
      return { ...found, note: `version ${found.version}, database ${found.database}` };
    });
    for (const warning of facts.warnings) process.stderr.write(`  ! ${warning}\n`);
    return { url: databaseUrl, server: null };
  }
  const { server } = await step("embedded PostgreSQL", async () => {
    const started = await startEmbedded(dataDir);
    const how = started.created ? "made and started" : "started";
    const who = started.user === "the current user" ? "" : ` as ${started.user}`;
    const after = started.stoppedLeftover ? ", after stopping the one of a start that was killed" : "";
    return { server: started, note: `${how}${who} on port ${started.port}${after}` };
  });
  return { url: server.url, server };
}
