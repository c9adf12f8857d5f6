import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { enqueue } from "@/lib/jobs/enqueue";
import type { ProductProcess } from "./product-process";

const POLL_MS = 50;
const ASK_AGAIN_MS = 2000;
const GIVE_UP_MS = 300_000;

/** Asks both workers to project: two jobs, so that each of them takes one and they meet over the same requests. */
export async function askWorkersToProject(): Promise<void> {
  await enqueue("project", {});
  await enqueue("project", {});
}

/** How many requests there are now. */
export async function waitingRequests(): Promise<number> {
  const [row] = await query<{ n: number }>(sql`select count(*) as n from projection_request`);
  return row?.n ?? 0;
}

/**
 * Waits until no more than `most` requests are left. What a killed worker was doing is asked for again, as the next
 * delivery of a source would.
 * @throws {AppError} `unavailable` when it takes five minutes, or when a worker ends by itself
 */
export async function waitForProjection(workers: readonly ProductProcess[], most = 0): Promise<void> {
  const started = performance.now();
  let asked = started;
  while ((await waitingRequests()) > most) {
    for (const worker of workers) worker.assertRunning();
    const now = performance.now();
    if (now - started > GIVE_UP_MS) {
      throw new AppError({ code: "unavailable", message: "The workers did not project what they were asked for." });
    }
    if (now - asked > ASK_AGAIN_MS) {
      await askWorkersToProject();
      asked = now;
    }
    await sleep(POLL_MS);
  }
}
