import { beforeAll, describe, expect, it, vi } from "vitest";
import { POST as reopen } from "@/app/api/v1/roi/closes/[id]/reopen/route";
import { GET as one } from "@/app/api/v1/roi/closes/[id]/route";
import { POST as close, GET as list } from "@/app/api/v1/roi/closes/route";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPendingActivity } from "@/lib/facts/activity/project-activity";
import { keepVintages } from "@/lib/jobs/tasks/keep-vintages";
import { readMonths } from "@/lib/metrics/closes/month-content";
import { thaw } from "@/lib/metrics/closes/snapshot";
import type { MonthCloses } from "@/lib/metrics/closes/types";
import { openFacts } from "@/lib/metrics/columns/store";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { ActivityFactory } from "@/tests/factories/activity";
import { insertRoiFleet, sayOfAcme } from "@/tests/factories/roi-fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
let make: ActivityFactory;
beforeAll(async () => {
  as = await insertRoiFleet();
  const [org] = await query<{ id: number }>(sql`select id from organization where slug = 'acme'`);
  make = new ActivityFactory(org?.id ?? 0);
});

const at = (now: string) => vi.setSystemTime(new Date(now));
const closes = async (): Promise<MonthCloses> => (await call(list, "/api/v1/roi/closes?org=acme", { as })).json();
const closing = async (month: string, who = as) => {
  const answer = await call(close, "/api/v1/roi/closes", { as: who, body: { org: "acme", month } });
  return { status: answer.status, body: await answer.json() };
};
const reopening = async (id: number, reason: string) => {
  const path = `/api/v1/roi/closes/${id}/reopen`;
  const answer = await call(reopen, path, { as, body: { reason }, params: { id: String(id) } });
  return { status: answer.status, body: await answer.json() };
};
const pay = async (...costs: Parameters<ActivityFactory["cost"]>[]) => {
  await withTransaction((client) => appendEvents(client, [costs.map((cost) => make.cost(...cost))]));
  await projectPendingActivity();
};
const frozen = async (id: number) => {
  const answer = await call(one, `/api/v1/roi/closes/${id}`, { as, params: { id: String(id) } });
  return (await answer.json()) as { text: string; sha256: string; isIntact: boolean };
};

describe("the close of a month", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    return () => vi.useRealTimers();
  });

  it("is refused before its pull requests are old enough, and of a month that is none", async () => {
    at("2026-04-08T23:59:59Z");
    expect(await closing("2026-03")).toMatchObject({
      status: 422,
      body: {
        pointer: "/month",
        detail:
          "2026-03 cannot be closed: it can be closed from 2026-04-09 on: its pull requests are too young for the 7-day rates.",
      },
    });
    expect((await closing("2026-13")).status).toBe(422);
    expect((await closing("march")).status).toBe(422);
    expect((await closes()).open).toBeNull();
  });

  it("is refused where data do not reach far enough, or nothing tells of costs", async () => {
    at("2026-09-01T00:00:00Z");
    expect((await closing("2026-05")).body.detail).toBe(
      "2026-05 cannot be closed: data of acme/app are complete to 2026-06-01, and must reach 2026-06-08.",
    );
    expect((await closing("2026-02")).body.detail).toContain("no source tells of costs in this month");
  });

  it("freezes what it came to and everything that this was worked out from, under a hash", async () => {
    expect((await closes()).first).toContain("2026-03");
    const kept = await closing("2026-03");
    expect(kept).toMatchObject({ status: 200, body: { version: 1 } });
    const { items, open } = await closes();
    expect(items).toMatchObject([{ month: "2026-03", state: "closed", version: 1, isIntact: true, adjustments: [] }]);
    expect(open).toMatchObject({ month: "2026-04", adjustments: [] });
    const { text, ...rest } = await frozen(kept.body.id);
    expect(rest).toEqual({ sha256: kept.body.sha256, isIntact: true });
    const { snapshot } = thaw(text, kept.body.sha256);
    expect(snapshot).toMatchObject({ month: "2026-03", timeZone: "UTC", currency: "USD", format: 1 });
    expect(snapshot.parts.map(({ key }) => key)).toEqual(["no-team/", "payments", "search", "unallocated/"]);
    expect(snapshot.parts.reduce((sum, { merged }) => sum + merged, 0)).toBe(200);
    const { parts, total } = snapshot.values;
    for (const line of ["benefit", "cost", "net"] as const) {
      expect(String(parts.reduce((sum, part) => sum + BigInt(part[line]), 0n))).toBe(total[line]);
    }
    // What was frozen does not come to the same bytes once a digit of it is another one.
    const [merged] = snapshot.parts.map((part) => part.merged);
    expect(thaw(text.replace(`"merged":${merged}`, `"merged":${Number(merged) + 1}`), kept.body.sha256).isIntact).toBe(
      false,
    );
  });

  it("is never closed twice, nor changed in the database", async () => {
    expect((await closing("2026-03")).body.detail).toBe(
      "2026-03 is closed already: what is known now is posted in 2026-04.",
    );
    expect((await closing("2026-05")).body.detail).toBe("Months are closed one after the other: 2026-04 comes next.");
    await expect(query(sql`update month_close set snapshot = '{}'`)).rejects.toThrow("never changed");
    await expect(query(sql`update month_close set sha256 = ${"0".repeat(64)}`)).rejects.toThrow("never changed");
  });

  it("stays as it is when more becomes known: the difference is posted in the open month, with its cause", async () => {
    const before = await closes();
    await pay(["later", "2026-03-20T12:00:00Z", "5050", { team: "payments" }]);
    const after = await closes();
    expect(after.items).toEqual(before.items);
    expect(after.open?.adjustments).toEqual([
      { month: "2026-03", part: "payments", line: "cost", minor: "5050", causes: ["costs"] },
    ]);
    await sayOfAcme(as, { hoursPerRollback: "4" });
    const said = (await closes()).open?.adjustments ?? [];
    expect(said.filter(({ part }) => part === "search").map(({ causes, line }) => [line, causes])).toEqual([
      ["benefit", ["assumptions"]],
      ["cost", ["assumptions"]],
    ]);
    expect(said.find(({ line, part }) => part === "payments" && line === "cost")?.causes).toEqual([
      "assumptions",
      "costs",
    ]);
  });

  it("takes what is posted into the next month, once", async () => {
    await pay(["april", "2026-04-10T12:00:00Z", "1000", { team: "payments" }]);
    const { open } = await closes();
    const april = await closing("2026-04");
    expect(april.status).toBe(200);
    const { items, open: may } = await closes();
    expect(items.map(({ month }) => month)).toEqual(["2026-04", "2026-03"]);
    expect(items[0]?.adjustments).toEqual(open?.adjustments);
    const { adjusted, net, total } = items[0]?.values ?? (undefined as never);
    expect(BigInt(net)).toBe(BigInt(total.net) + BigInt(adjusted.net));
    expect(may).toMatchObject({ month: "2026-05", adjustments: [] });
    // What is taken back again is posted with the other sign.
    await pay(["taken back", "2026-03-20T12:00:00Z", "-5050", { team: "payments" }]);
    expect((await closes()).open?.adjustments).toEqual([
      { month: "2026-03", part: "payments", line: "cost", minor: "-5050", causes: ["assumptions"] },
    ]);
  });

  it("is opened again by its last month alone, with a reason, and closed as its next version", async () => {
    const [april, march] = (await closes()).items;
    expect(await reopening(march?.id ?? 0, "a bill was wrong")).toMatchObject({ status: 409 });
    expect(await reopening(april?.id ?? 0, "  ")).toMatchObject({ status: 422, body: { pointer: "/reason" } });
    expect(await reopening(april?.id ?? 0, "a bill was wrong")).toEqual({
      status: 200,
      body: { org: "acme", month: "2026-04" },
    });
    expect(await reopening(april?.id ?? 0, "twice")).toMatchObject({ status: 409 });
    const { items, open } = await closes();
    expect(items[0]).toMatchObject({ state: "reopened", reopened: { reason: "a bill was wrong" } });
    expect(open?.month).toBe("2026-04");
    expect((await closing("2026-04")).body).toMatchObject({ version: 2 });
    expect((await closes()).items[0]).toMatchObject({
      month: "2026-04",
      version: 2,
      state: "restated",
      isIntact: true,
    });
    expect((await frozen(april?.id ?? 0)).isIntact).toBe(true);
    const noted = await query<{ action: string }>(
      sql`select action from audit_event where action like 'month.%' order by seq`,
    );
    expect(noted.map(({ action }) => action)).toEqual([
      "month.closed",
      "month.closed",
      "month.reopened",
      "month.closed",
    ]);
  });

  it("is closed once where two close it at the same time", async () => {
    const last = (await closes()).items[0];
    await reopening(last?.id ?? 0, "once more");
    const both = await Promise.all([closing("2026-04"), closing("2026-04")]);
    const statuses = both.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect([409, 422]).toContain(statuses[1]);
    expect((await closes()).items.filter(({ month }) => month === "2026-04")).toHaveLength(1);
  });

  it("is the same read by itself and together with the months around it", async () => {
    const { directory } = await openFacts(SYSTEM_SCOPE);
    const [org] = directory.orgs;
    if (org === undefined) throw new Error("Nothing is there");
    const months = ["2026-02", "2026-03", "2026-04", "2026-05"];
    const together = await readMonths(SYSTEM_SCOPE, org, months);
    for (const month of months)
      expect((await readMonths(SYSTEM_SCOPE, org, [month])).get(month)).toEqual(together.get(month));
    expect(together.get("2026-03")?.content?.parts).toHaveLength(4);
  });

  it("is the same whoever closes it: small teams are one", async () => {
    const owner = { ...(await sessionOf(await insertUser("owner"))), origin: ORIGIN };
    const seen = await (await call(list, "/api/v1/roi/closes?org=acme", { as: owner })).json();
    expect(seen).toEqual(await closes());
    const lead = { ...(await sessionOf(await insertUser("lead"))), origin: ORIGIN };
    expect((await call(list, "/api/v1/roi/closes?org=acme", { as: lead })).status).toBe(403);
    expect((await call(list, "/api/v1/roi/closes?org=nowhere", { as })).status).toBe(404);
    expect((await call(one, "/api/v1/roi/closes/999", { as, params: { id: "999" } })).status).toBe(404);
  });

  it("is worked out once more 30 and 90 days after its end, where data reach so far, and kept as it was known then", async () => {
    const vintages = async () =>
      Object.fromEntries((await closes()).items.map(({ month, vintages: kept }) => [month, kept]));
    const before = await closes();
    const march = before.items.find(({ month }) => month === "2026-03");
    expect(march?.state).not.toBe("reopened");
    at("2026-05-01T23:59:59Z");
    await keepVintages();
    expect((await vintages())["2026-03"]).toEqual([]);
    at("2026-05-02T00:00:00Z");
    await keepVintages();
    const [month] = (await vintages())["2026-03"] ?? [];
    expect(month).toMatchObject({ days: 30, dataCompleteTo: "2026-06-01T00:00:00.000Z" });
    expect(month?.metrics.map(({ metric }) => metric)).toEqual(["post_merge_rework_rate_21d", "defect_density_30d"]);
    for (const { reason, value } of month?.metrics ?? []) expect(value === null).toBe(reason !== null);
    // What is known of it now: what it was closed with, and what was posted of it since.
    const now = before.open?.adjustments.filter((one) => one.month === "2026-03") ?? [];
    const posted = [
      ...now,
      ...before.items.flatMap((item) => item.adjustments.filter((one) => one.month === "2026-03")),
    ];
    const net = posted.reduce(
      (sum, { line, minor }) => sum + (line === "benefit" ? BigInt(minor) : -BigInt(minor)),
      BigInt(march?.values.total.net ?? 0),
    );
    expect(month?.total?.net).toBe(String(net));
    // Data do not reach ninety days, whatever the clock says.
    at("2026-09-01T00:00:00Z");
    await pay(["after the vintage", "2026-03-15T12:00:00Z", "7777"]);
    await keepVintages();
    expect((await vintages())["2026-03"]).toEqual([month]);
    // Ninety days after the end of March are over with 29 June, and the day after that has to be told of.
    await execute(sql`update fact_repository set complete_to = '2026-07-01T00:00:00Z'`);
    await keepVintages();
    const [first, later] = (await vintages())["2026-03"] ?? [];
    expect(first).toEqual(month);
    expect(later).toMatchObject({ days: 90, metrics: [{ metric: "defect_density_90d" }] });
    expect(BigInt(later?.total?.cost ?? 0) - BigInt(month?.total?.cost ?? 0)).toBe(7777n);
    await expect(query(sql`update month_vintage set content = '{}'`)).rejects.toThrow("never changed");
  });
});
