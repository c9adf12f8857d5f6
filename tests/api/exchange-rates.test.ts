import { beforeAll, describe, expect, it, vi } from "vitest";
import { POST as costs } from "@/app/api/v1/costs/query/route";
import { GET as exported } from "@/app/api/v1/exports/[report]/route";
import { POST as close, GET as closes } from "@/app/api/v1/roi/closes/route";
import { PUT } from "@/app/api/v1/roi/exchange-rates/route";
import { POST as models } from "@/app/api/v1/roi/models/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPendingActivity } from "@/lib/facts/activity/project-activity";
import type { CostReport, TeamModels } from "@/lib/metrics/money/types";
import { ActivityFactory } from "@/tests/factories/activity";
import { createCalculator } from "@/tests/factories/formula";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { readWorkbook } from "@/tests/factories/workbook";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

let as: Record<string, string>;
let make: ActivityFactory;
const pay = async (...all: Parameters<ActivityFactory["cost"]>[]) => {
  await withTransaction((client) => appendEvents(client, [all.map((cost) => make.cost(...cost))]));
  await projectPendingActivity();
};
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-04-20T12:00:00Z") });
  as = await insertRoiFleet();
  const [org] = await query<{ id: number }>(sql`select id from organization where slug = 'acme'`);
  make = new ActivityFactory(org?.id ?? 0);
  // Two lines of one day, each of which is rounded by itself: 3.33 and 3.33 euros.
  await pay(
    ["one", "2026-03-10T12:00:00Z", "333", { team: "payments", currency: "EUR" }],
    ["two", "2026-03-10T12:00:00Z", "333", { team: "search", currency: "EUR" }],
    ["yen", "2026-03-12T12:00:00Z", "1501", { team: "payments", currency: "JPY", agent: null }],
  );
  return () => vi.useRealTimers();
});

const say = async (body: object) => {
  const answer = await call(PUT, "/api/v1/roi/exchange-rates", {
    as,
    method: "PUT",
    body: { org: "acme", why: "ECB, monthly average", ...body },
  });
  return { status: answer.status, body: await answer.json() };
};
const PERIOD = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z", timeZone: "UTC", filters: {} };
const paid = async (): Promise<CostReport> =>
  (await call(costs, "/api/v1/costs/query", { as, method: "POST", body: PERIOD })).json();
const modelled = async (): Promise<TeamModels> =>
  (await call(models, "/api/v1/roi/models", { as, method: "POST", body: PERIOD })).json();
const file = (name: string) =>
  call(exported, `/api/v1/exports/${name}?from=${PERIOD.from}&to=${PERIOD.to}`, { as, params: { report: name } });

const march = (rate: string | null) => ({ currency: "EUR", rates: [{ month: "2026-03", rate }] });

describe("amounts in another currency than is planned in", () => {
  it("have no sum while nobody has said what they are worth, and it is said which rates are missing", async () => {
    const { whole } = await modelled();
    expect(whole.reason).toBe(
      "amounts are in EUR, JPY and USD, and nobody has entered what these are worth in USD: EUR for 2026-03 and JPY for 2026-03",
    );
    const { currencies, exchanged } = await paid();
    expect(currencies.map(({ currency, total }) => [currency, total])).toEqual([
      ["EUR", "666"],
      ["JPY", "1501"],
      ["USD", "217722"],
    ]);
    expect(exchanged).toEqual([
      expect.objectContaining({ month: "2026-03", currency: "EUR", minor: "666", into: "USD", rate: null, said: null }),
      expect.objectContaining({ currency: "JPY", minor: "1501", converted: null }),
    ]);
  });

  it.each([
    ["a rate of nothing", march("0"), "/rates/0/rate"],
    ["a rate below zero", march("-1.1"), "/rates/0/rate"],
    ["no number", march("1,1"), "/rates/0/rate"],
    ["a month twice", { currency: "EUR", rates: [...march("1").rates, ...march("2").rates] }, "/rates/1/month"],
    ["a month that has not come", { currency: "EUR", rates: [{ month: "2026-05", rate: "1" }] }, "/rates/0/month"],
    ["no month", { currency: "EUR", rates: [{ month: "2026-13", rate: "1" }] }, "/rates/0/month"],
    ["an unknown currency", { ...march("1"), currency: "EUX" }, "/currency"],
    ["the currency that is planned in", { ...march("1"), currency: "USD" }, "/currency"],
    ["no word of where it comes from", { ...march("1"), why: " " }, "/why"],
    ["no month at all", { currency: "EUR", rates: [] }, "/rates"],
  ])("refuses %s, and keeps nothing", async (_, body, pointer) => {
    expect(await say(body)).toMatchObject({ status: 422, body: { pointer } });
    expect(await query(sql`select 1 from exchange_rate`)).toEqual([]);
  });

  it("are converted line by line at the rate of their month, and what was paid stays to be seen", async () => {
    expect(await say(march("1.1"))).toEqual({ status: 200, body: { entered: 1, into: "USD" } });
    // The same again is not noted again.
    expect((await say(march("1.10"))).body.entered).toBe(0);
    expect((await modelled()).whole.reason).toContain("JPY for 2026-03");
    // Where yen have no smaller unit, the dollar has: 1,501 × 0.0067 is 10.0567.
    await say({ currency: "JPY", rates: [{ month: "2026-03", rate: "0.0067" }] });
    const { currencies, exchanged } = await paid();
    // Each line is rounded once: 366.3 and 366.3 cents are 366 and 366, and not 733.
    expect(currencies.map(({ currency, total }) => [currency, total])).toEqual([["USD", "219460"]]);
    expect(exchanged).toEqual([
      expect.objectContaining({ currency: "EUR", minor: "666", rate: "1.1", converted: "732" }),
      expect.objectContaining({ currency: "JPY", minor: "1501", rate: "0.0067", converted: "1006" }),
    ]);
    expect(exchanged[0]?.said).toMatchObject({ why: "ECB, monthly average" });
    const { parts, whole } = await modelled();
    expect([whole.reason, whole.currency]).toEqual([null, "USD"]);
    expect(parts.find(({ team }) => team === "payments")?.ledger.own).toBe("137.17");
  });

  it("stand in the files as they were paid, and in the workbook with their rate and a formula", async () => {
    const focus = await (await file("focus.csv")).text();
    expect(focus).toMatch(/^3\.33,"acme","acme","EUR",/m);
    expect(focus).toMatch(/^1501,"acme","acme","JPY",/m);
    const book = readWorkbook(new Uint8Array(await (await file("roi.xlsx")).arrayBuffer()));
    const from = createCalculator(book);
    const data = [...(book.sheets.get("Data") ?? [])];
    const converted = data.filter(([, { formula }]) => formula?.startsWith("ROUND"));
    expect(converted.map(([place, { value }]) => [from("Data", place), Number(value)])).toEqual([
      [3.66, 3.66],
      [3.66, 3.66],
      [10.06, 10.06],
    ]);
    const difference = [...(book.sheets.get("Reconciliation") ?? [])].findLast(([, { formula }]) => formula !== null);
    expect(Number(from("Reconciliation", difference?.[0] ?? ""))).toBe(0);
  });

  it("change no month that is closed: the difference is posted with its cause", async () => {
    const closed = await call(close, "/api/v1/roi/closes", { as, body: { org: "acme", month: "2026-03" } });
    expect(closed.status).toBe(200);
    await say({ ...march("1.2"), why: "The bank’s own" });
    const { items, open } = await (await call(closes, "/api/v1/roi/closes?org=acme", { as })).json();
    expect(items[0].isIntact).toBe(true);
    // 3.33 euros are 4.00 now, and were 3.66.
    expect(open.adjustments).toEqual([
      { month: "2026-03", part: "payments", line: "cost", minor: "34", causes: ["rates"] },
      { month: "2026-03", part: "search", line: "cost", minor: "34", causes: ["rates"] },
    ]);
  });

  it("have no sum again when a rate is taken back, and the log says who said what", async () => {
    await say(march(null));
    expect((await modelled()).whole.reason).toContain("worth in USD: EUR for 2026-03");
    const log = await query<{ rate: string | null }>(
      sql`select rate::text from exchange_rate where currency = 'EUR' order by id`,
    );
    expect(log.map(({ rate }) => rate)).toEqual(["1.1", "1.2", null]);
    const noted = await query<{ after: object }>(
      sql`select after from audit_event where action = 'roi.exchanged' order by seq desc limit 1`,
    );
    expect(noted[0]?.after).toMatchObject({ currency: "EUR", "2026-03": null });
  });
});
