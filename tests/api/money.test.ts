import { beforeAll, describe, expect, it } from "vitest";
import { POST as costs } from "@/app/api/v1/costs/query/route";
import { GET as dimensions } from "@/app/api/v1/dimensions/route";
import { PUT } from "@/app/api/v1/roi/assumptions/route";
import { POST as models } from "@/app/api/v1/roi/models/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { DimensionValues } from "@/lib/metrics/types";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertFleet } from "@/tests/factories/fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  await insertFleet();
  as = { ...(await sessionOf(await insertUser("finance"))), origin: ORIGIN };
});

const SAID = {
  org: "acme",
  team: null as string | null,
  validFrom: "2026-01-01",
  basis: "assumed",
  why: "Time study",
  values: [] as { key: string; value: string | null; low?: string | null; high?: string | null }[],
};
const say = (more: Partial<typeof SAID> & { currency?: string; fiscalStart?: number }) =>
  call(PUT, "/api/v1/roi/assumptions", { as, method: "PUT", body: { ...SAID, ...more } });
const one = (key: string, value: string | null, more: object = {}) => ({ values: [{ key, value, ...more }] });
const stored = () =>
  query<{ key: string; value: string | null }>(sql`select key, value::text from roi_assumption order by id`);

describe("what somebody says of money", () => {
  it("is kept with who said it, and noted in the audit log", async () => {
    const answer = await say({
      currency: "EUR",
      values: [
        { key: "developerRate", value: "92.50" },
        { key: "hoursSaved", value: "1", low: "-0.5", high: "2" },
      ],
    });
    expect([answer.status, await answer.json()]).toEqual([200, { entered: 2 }]);
    expect(await say(one("realisation", "0.4"))).toMatchObject({ status: 200 });
    const [row] = await query(
      sql`select value::text, entered_by, basis, why from roi_assumption where key = 'developerRate'`,
    );
    expect(row).toEqual({ value: "92.50", entered_by: expect.any(String), basis: "assumed", why: "Time study" });
    const [noted] = await query<{ action: string; after: object }>(
      sql`select action, after from audit_event where action = 'roi.assumed' order by seq limit 1`,
    );
    expect(noted?.after).toMatchObject({ developerRate: "92.50", currency: "EUR", why: "Time study" });
  });

  it.each([
    ["a rate below zero", one("developerRate", "-1"), "/values/0/value"],
    ["no number", one("developerRate", "a lot"), "/values/0/value"],
    ["a number with an exponent", one("developerRate", "1e3"), "/values/0/value"],
    ["more than all of it", one("realisation", "1.2"), "/values/0/value"],
    ["part of a month", one("horizonMonths", "2.5"), "/values/0/value"],
    ["no month at all", one("rampMonths", "0"), "/values/0/value"],
    ["a range above its value", one("hoursSaved", "1", { low: "1.5", high: "2" }), "/values/0/low"],
    ["a range below its value", one("hoursSaved", "1", { low: "0", high: "0.5" }), "/values/0/high"],
    ["half a range", one("hoursSaved", "1", { low: "0" }), "/values/0/high"],
    ["a range of nothing", one("hoursSaved", null, { low: "0", high: "1" }), "/values/0/low"],
    ["an input that the model has not", one("luck", "1"), "/values/0/key"],
    ["an input twice", { values: [one("oneOff", "1").values[0], one("oneOff", "2").values[0]] as never }, "/values"],
    ["a month that no year has", { fiscalStart: 13 }, "/fiscalStart"],
    ["a currency that is none", { currency: "XXQ" }, "/currency"],
    ["no day", { validFrom: "soon" }, "/validFrom"],
    ["nothing of where it comes from", { why: "  " }, "/why"],
  ])("is refused where it is %s, and nothing of it is kept", async (_, more, pointer) => {
    const before = await stored();
    const answer = await say(more);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer });
    expect(await stored()).toEqual(before);
  });

  it("dates fiscal years, by which pages offer their periods", async () => {
    const starts = async () =>
      ((await (await call(dimensions, "/api/v1/dimensions", { as })).json()) as DimensionValues).orgs.map(
        ({ fiscalStart, slug }) => [slug, fiscalStart],
      );
    expect(await starts()).toEqual([["acme", 1]]);
    expect((await say({ fiscalStart: 4 })).status).toBe(200);
    expect(await starts()).toEqual([["acme", 4]]);
    expect((await say({ fiscalStart: 1 })).status).toBe(200);
  });

  it("is of an organisation and a team that are there", async () => {
    expect((await say({ org: "nowhere", ...one("oneOff", "1") })).status).toBe(404);
    expect((await say({ team: "nobody", ...one("oneOff", "1") })).status).toBe(404);
    expect((await say({ team: "payments", ...one("oneOff", "1") })).status).toBe(200);
  });
});

describe("questions about money", () => {
  const period = { from: "2026-03-01", to: "2026-04-01" };

  it("are answered, and refused where a filter is no name", async () => {
    const answered = await call(models, "/api/v1/roi/models", { as, body: period });
    expect(answered.status).toBe(200);
    expect(await answered.json()).toMatchObject({
      whole: { currency: "EUR", inputs: null, reason: expect.stringMatching(/^nobody has entered: /) },
      currencies: [{ org: "acme", currency: "EUR" }],
    });
    const paid = await call(costs, "/api/v1/costs/query", { as, body: period });
    expect(await paid.json()).toEqual({ currencies: [], exchanged: [], comparisons: [], centres: [] });
    for (const handler of [models, costs]) {
      const refused = await call(handler, "/api", { as, body: { ...period, filters: { team: ["nobody"] } } });
      expect([refused.status, await refused.json()]).toEqual([
        422,
        expect.objectContaining({ pointer: "/filters/team/0" }),
      ]);
      const backwards = await call(handler, "/api", { as, body: { from: period.to, to: period.from } });
      expect(backwards.status).toBe(422);
    }
  });

  it("are not answered to a lead, who sees no money in the figures either", async () => {
    const lead = { ...(await sessionOf(await insertUser("lead"))), origin: ORIGIN };
    expect((await call(models, "/api/v1/roi/models", { as: lead, body: period })).status).toBe(403);
    expect((await call(costs, "/api/v1/costs/query", { as: lead, body: period })).status).toBe(403);
  });
});
