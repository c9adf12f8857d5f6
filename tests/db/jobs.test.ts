import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { getPool } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/jobs/enqueue";
import { startWorker } from "@/lib/jobs/worker";
import { unlockJobsOfDeadWorkers, WorkerLocks } from "@/lib/jobs/worker-locks";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

async function waiting(): Promise<number> {
  const [row] = await query<{ n: number }>(sql`select count(*) as n from graphile_worker._private_jobs`);
  return row?.n ?? -1;
}

describe("jobs", () => {
  it("exist if and only if the transaction of their caller commits", async () => {
    const failing = withTransaction(async (client) => {
      await enqueue("unlock-dead-workers", {}, {}, client);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await waiting()).toBe(0);
    await withTransaction((client) => enqueue("unlock-dead-workers", {}, {}, client));
    expect(await waiting()).toBe(1);
    await enqueue("unlock-dead-workers", {}, { key: "one" });
    await enqueue("unlock-dead-workers", {}, { key: "one" });
    expect(await waiting()).toBe(2);
    await execute(sql`delete from graphile_worker._private_jobs`);
  });

  it("of a worker that is gone are freed, those of one that lives are not", async () => {
    const locks = await WorkerLocks.open(getPool());
    await locks.hold("alive");
    for (const worker of ["alive", "dead", "fresh"]) {
      const id = await enqueue("unlock-dead-workers", {});
      const age = worker === "fresh" ? 0 : 60;
      await execute(
        sql`update graphile_worker._private_jobs
          set locked_by = ${worker}, locked_at = now() - make_interval(secs => ${age}) where id = ${id}::bigint`,
      );
    }
    expect(await unlockJobsOfDeadWorkers()).toEqual(["dead"]);
    const locked = sql`select locked_by from graphile_worker._private_jobs where locked_by is not null order by 1`;
    expect(await query(locked)).toEqual([{ locked_by: "alive" }, { locked_by: "fresh" }]);
    locks.close();
    await execute(sql`delete from graphile_worker._private_jobs`);
  });

  it("are done by a worker, which stops when it is told to", async () => {
    await enqueue("unlock-dead-workers", {});
    const worker = await startWorker();
    while ((await waiting()) > 0) await sleep(50);
    await worker.stop();
    await worker.finished;
  });
});
