import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as direct } from "@/app/api/v1/exports/[report]/route";
import { GET as download } from "@/app/api/v1/reports/[id]/route";
import { GET as list, POST as request } from "@/app/api/v1/reports/route";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type RunningWorker, startWorker } from "@/lib/jobs/worker";
import { makeReport } from "@/lib/reports/make-report";
import { pruneReports } from "@/lib/reports/report-files";
import type { ReportItem } from "@/lib/reports/types";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let finance: Record<string, string>;
let viewer: Record<string, string>;
beforeAll(async () => {
  finance = await insertRoiFleet();
  viewer = { ...(await sessionOf(await insertUser("viewer"))), origin: ORIGIN };
});

const MARCH = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };
const ask = async (report: string, asked: object = MARCH, as = finance) => {
  const answer = await call(request, "/api/v1/reports", { as, body: { report, query: asked } });
  return { status: answer.status, body: await answer.json() };
};
const mine = async (as = finance): Promise<ReportItem[]> =>
  (await (await call(list, "/api/v1/reports", { as })).json()).items;
const get = (id: string, as = finance) => call(download, `/api/v1/reports/${id}`, { as, params: { id } });

describe("a report that is asked for", () => {
  it.each([
    ["that there is not", "roi.docx", MARCH, 404, undefined],
    ["without its period", "roi.xlsx", {}, 422, "/from"],
    ["with a filter that it has not", "focus.csv", { ...MARCH, colour: "red" }, 422, "/colour"],
    ["with a sort that it has not", "pull-requests.csv", { sort: "colour" }, 422, "/sort"],
  ])("is refused: one %s", async (_, report, asked, status, pointer) => {
    expect(await ask(report, asked)).toMatchObject({ status, body: pointer === undefined ? {} : { pointer } });
    expect(await mine()).toEqual([]);
  });

  it("is not made of money for whoever may not see it", async () => {
    expect((await ask("roi.xlsx", MARCH, viewer)).status).toBe(403);
    expect((await ask("focus.csv", MARCH, viewer)).status).toBe(403);
  });

  it("is one of five that somebody waits for at most", async () => {
    for (let index = 0; index < 5; index += 1) expect((await ask("rollbacks.csv", {}, viewer)).status).toBe(200);
    expect(await ask("rollbacks.csv", {}, viewer)).toMatchObject({ status: 409 });
    await execute(sql`delete from graphile_worker._private_jobs`);
    await execute(sql`delete from operation`);
  });
});

// Stopping the worker closes the pool of the process, so this comes last.
describe("the worker", () => {
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await startWorker();
  });
  afterAll(async () => {
    await worker.stop();
    await worker.finished;
  });
  const ended = async (id: string, as = finance): Promise<ReportItem> =>
    vi.waitFor(
      async () => {
        const found = (await mine(as)).find((item) => item.id === id);
        expect(found?.state).toMatch(/done|failed/);
        return found as ReportItem;
      },
      { timeout: 20_000, interval: 100 },
    );

  it.each([
    "roi.xlsx",
    "roi.pdf",
    "roi.json",
    "focus.csv",
    "pull-requests.csv",
    "pull-requests.xlsx",
    "rollbacks.json",
  ])("makes %s with the same bytes as a download of it", async (report) => {
    const { body } = await ask(report);
    const made = await ended(body.id);
    expect(made).toMatchObject({ report, state: "done", error: null, query: MARCH });
    const bytes = Buffer.from(await (await get(body.id)).arrayBuffer());
    const same = await call(direct, `/api/v1/exports/${report}?${new URLSearchParams(MARCH)}`, {
      as: finance,
      params: { report },
    });
    expect(same.status).toBe(200);
    expect(bytes.equals(Buffer.from(await same.arrayBuffer()))).toBe(true);
    expect(made.file).toEqual({
      fileName: /filename="([^"]+)"/.exec(same.headers.get("content-disposition") ?? "")?.[1],
      bytes: bytes.byteLength,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
  });

  it("says how far it is: of how many rows", async () => {
    const steps: [string, number, number | null][] = [];
    const [user] = await query<{ id: string }>(sql`select id from app_user where role = 'finance'`);
    const { id } = (await ask("pull-requests.csv")).body;
    await ended(id);
    await makeReport(
      { operationId: id, userId: user?.id ?? "", report: "pull-requests.csv", query: MARCH },
      { onProgress: (...step) => steps.push(step), signal: undefined },
    );
    expect(steps[0]).toEqual(["Working it out", 0, null]);
    expect(steps.at(-1)).toEqual(["Writing", 300, 300]);
    // Made again, as by a worker after one that was killed, it is the same once.
    expect((await (await get(id)).text()).split("\r\n")).toHaveLength(302);
  });

  it("gives it to nobody else, and makes it with what its reader may see now", async () => {
    const { id } = (await ask("rollbacks.csv")).body;
    await ended(id);
    expect((await get(id, viewer)).status).toBe(404);
    expect((await get("nothing")).status).toBe(404);
    expect(await mine(viewer)).toEqual([]);
    await execute(sql`update app_user set role = 'viewer' where role = 'finance'`);
    const asked = await query<{ id: string }>(sql`select id from app_user where role = 'viewer' order by email`);
    await expect(
      makeReport(
        { operationId: id, userId: asked[0]?.id ?? "", report: "focus.csv", query: MARCH },
        { onProgress: () => {}, signal: undefined },
      ),
    ).rejects.toMatchObject({ code: "forbidden" });
    await execute(sql`update app_user set disabled_at = now() where role = 'viewer'`);
    await expect(
      makeReport(
        { operationId: id, userId: asked[0]?.id ?? "", report: "rollbacks.csv", query: {} },
        { onProgress: () => {}, signal: undefined },
      ),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("deletes what is older than a week, and nothing else", async () => {
    const kept = sql`select count(*)::integer as n from report_piece`;
    const [before] = await query<{ n: number }>(kept);
    expect(before?.n).toBeGreaterThan(5);
    expect(await pruneReports(1000)).toBe(0);
    await execute(
      sql`update operation set created_at = now() - interval '8 days' where input ->> 'report' = 'roi.xlsx'`,
    );
    expect(await pruneReports(1000)).toBe(1);
    const [after] = await query<{ n: number }>(kept);
    expect(after?.n).toBe((before?.n ?? 0) - 1);
  });
});
