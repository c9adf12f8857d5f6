import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as imports from "@/app/api/v1/imports/route";
import * as sample from "@/app/api/v1/sample/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { getPool } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { failOperationsWithoutJob } from "@/lib/jobs/abandoned-operations";
import { type RunningWorker, startWorker } from "@/lib/jobs/worker";
import { unlockJobsOfDeadWorkers } from "@/lib/jobs/worker-locks";
import type { ImportItem } from "@/lib/settings/types";
import { GITHUB, GitFixture } from "@/tests/factories/git-fixture";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();

const read = async (response: Promise<Response>) => (await response).json();
const latestImport = async (): Promise<ImportItem> => {
  const { items } = await read(call(imports.GET, "/api/v1/imports"));
  return items[0];
};
const startImport = (body: object) => call(imports.POST, "/api/v1/imports", { body });

afterEach(async () => {
  await execute(sql`delete from graphile_worker._private_jobs`);
  await execute(sql`delete from operation`);
});

describe("/api/v1/sample", () => {
  it("starts one load, however often it is asked to", async () => {
    expect(await read(call(sample.GET, "/api/v1/sample"))).toMatchObject({ state: "absent", error: null });
    const answers = await Promise.all(
      [1, 2, 3].map(() => read(call(sample.POST, "/api/v1/sample", { method: "POST" }))),
    );
    expect(answers.map(({ state }) => state)).toEqual(["loading", "loading", "loading"]);
    expect(await query(sql`select count(*) as n from graphile_worker._private_jobs`)).toEqual([{ n: 1 }]);
  });

  it("does not remove what is being loaded", async () => {
    await call(sample.POST, "/api/v1/sample", { method: "POST" });
    const refused = await call(sample.DELETE, "/api/v1/sample", { method: "DELETE" });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining("is being loaded") });
  });

  it("does not answer a page of another site", async () => {
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await call(sample.DELETE, "/api/v1/sample", { method: "DELETE", headers })).status).toBe(403);
  });
});

describe("/api/v1/imports", () => {
  it.each([
    [{ path: "" }, "/path"],
    [{ path: "relative/api.git" }, "/path"],
    [{ path: "/srv/api.git", org: "  " }, "/org"],
    [{ path: "/srv/api.git", surprise: 1 }, "/surprise"],
  ])("refuses %j at the field", async (body, pointer) => {
    const response = await startImport(body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ pointer });
  });

  it("does not seem to run for ever when its job is gone", async () => {
    await startImport({ path: "/srv/api.git" });
    await failOperationsWithoutJob();
    expect((await latestImport()).state).toBe("queued");
    await execute(sql`delete from graphile_worker._private_jobs`);
    await failOperationsWithoutJob();
    expect(await latestImport()).toMatchObject({ state: "failed", error: { pointer: null } });
  });
});

// Stopping the worker closes the pool of the process, so this comes last.
describe("a worker", () => {
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await startWorker();
  });
  afterAll(async () => {
    await worker.stop();
    await worker.finished;
  });

  it("tells what the work of the job found or where the request was wrong", async () => {
    const fixture = new GitFixture("widgets");
    try {
      await startImport({ path: `${fixture.folder}/nowhere` });
      await vi.waitFor(async () => expect((await latestImport()).state).toBe("failed"), 10_000);
      expect((await latestImport()).error).toMatchObject({ pointer: "/path" });

      fixture
        .commit("base", { message: "Start", files: { "README.md": "hello\n" } })
        .commit("one", {
          message: "Add a cache (#1)",
          committer: GITHUB,
          files: { "src/cache.ts": "export const a = 1;\n" },
        })
        .write();
      await startImport({ path: fixture.gitDir, org: "acme", repo: "widgets" });
      await vi.waitFor(async () => expect((await latestImport()).state).toBe("done"), 20_000);
      expect((await latestImport()).result).toMatchObject({ org: "acme", repo: "widgets", merged: 1, direct: 1 });
    } finally {
      fixture.remove();
    }
  });

  it("keeps the job of a worker that lives, however long the job takes", async () => {
    const blocker = await getPool().connect();
    try {
      // The job cannot write how it ended, so it goes on running: what changes an operation waits for this lock.
      await blocker.query("begin");
      await blocker.query("select pg_advisory_xact_lock(4711)");
      await execute(sql`create function wait_for_test() returns trigger language plpgsql as
        'begin perform pg_advisory_xact_lock(4711); return new; end'`);
      await execute(
        sql`create trigger wait_for_test before update on operation for each row execute function wait_for_test()`,
      );
      await startImport({ path: "/there/is/nothing/here" });
      const locked = sql`select locked_by from graphile_worker._private_jobs where locked_by is not null`;
      await vi.waitFor(async () => expect(await query(locked)).toHaveLength(1), 10_000);
      await execute(sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`);
      await execute(sql`update graphile_worker._private_job_queues set locked_at = now() - interval '1 hour'`);
      expect(await unlockJobsOfDeadWorkers()).toEqual([]);
    } finally {
      await blocker.query("rollback");
      blocker.release();
      while ((await latestImport()).state !== "failed") await sleep(50);
      await execute(sql`drop function wait_for_test cascade`);
    }
  });
});
