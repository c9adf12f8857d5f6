import { EventEmitter } from "node:events";
import { Logger, run, runMigrations, type WorkerEvents } from "graphile-worker";
import { createLogger } from "@/lib/core/logger";
import { closePool, createPool, getPool } from "@/lib/db/pool";
import { InboxWatch } from "./inbox-watch";
import { createTaskList } from "./task-list";
import { unlockJobsOfDeadWorkers, WorkerLocks } from "./worker-locks";

const log = createLogger("worker");

const CONCURRENCY = 2;
const POLL_INTERVAL_MS = 2000;
const ABORT_AFTER_MS = 10_000;

const CRONTAB = [
  "* * * * * unlock-dead-workers ?max=1&jobKey=unlock-dead-workers",
  "* * * * * project ?max=1&jobKey=project",
  "* * * * * prune-fact-changes ?max=1&jobKey=prune-fact-changes",
  "7 * * * * prune-accounts ?max=1&jobKey=prune-accounts",
  "37 * * * * apply-retention ?max=1&jobKey=apply-retention",
  "17 * * * * keep-vintages ?max=1&jobKey=keep-vintages",
  "12 * * * * post-due-costs ?max=1&jobKey=post-due-costs",
  "* * * * * read-telemetry ?max=1&jobKey=read-telemetry",
  "* * * * * pull-vendor-costs ?max=1&jobKey=pull-vendor-costs",
  "*/10 * * * * link-telemetry ?max=1&jobKey=link-telemetry",
  "* * * * * send-reports ?max=1&jobKey=send-reports",
  "* * * * * follow-github ?max=1&jobKey=follow-github",
  "*/5 * * * * reconcile-github ?max=1&jobKey=reconcile-github",
].join("\n");

/** graphile-worker tells of every job at info; only what an operator acts on is passed on at that level. */
const libraryLogger = new Logger((scope) => (level, message, meta) => {
  const fields = { scope: scope.label, ...(meta?.error === undefined ? {} : { err: meta.error }) };
  if (level === "error") log.error(fields, message);
  else if (level === "warning") log.warn(fields, message);
  else log.debug(fields, message);
});

/** Installs or updates the job tables. Part of the start; safe to repeat and to run from several processes. */
export async function migrateJobs(connectionString: string): Promise<void> {
  const pool = createPool(connectionString, "fleetgauge-migrate");
  try {
    await runMigrations({ pgPool: pool, logger: libraryLogger });
  } finally {
    await pool.end();
  }
}

export type RunningWorker = {
  /** Resolves when the worker has ended; rejects when it ended by an error. */
  finished: Promise<void>;
  /** Takes no new job, lets running ones end for ten seconds, then aborts them, and closes the pool. */
  stop(): Promise<void>;
};

/** Starts the worker of this process on its pool. */
export async function startWorker(): Promise<RunningWorker> {
  const pool = getPool();
  const locks = await WorkerLocks.open(pool);
  const freed = await unlockJobsOfDeadWorkers();
  if (freed.length > 0) log.warn({ workers: freed }, "freed the jobs of workers that are gone");
  const events: WorkerEvents = new EventEmitter();
  // Jobs are locked in the name of the pool of workers, not of the worker that runs them.
  events.on("pool:create", ({ workerPool }) => {
    locks
      .hold(workerPool.id)
      .catch((error: unknown) => log.error({ err: error }, "the workers could not take their lock"));
  });
  const runner = await run({
    pgPool: pool,
    taskList: createTaskList(),
    crontab: CRONTAB,
    concurrency: CONCURRENCY,
    pollInterval: POLL_INTERVAL_MS,
    gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    noHandleSignals: true,
    logger: libraryLogger,
    events,
  });
  const inbox = new InboxWatch();
  inbox.start();
  log.info("worker started");
  const stop = async () => {
    await inbox.stop();
    await runner.stop();
    locks.close();
    await closePool();
    log.info("worker stopped");
  };
  return { finished: runner.promise, stop };
}
