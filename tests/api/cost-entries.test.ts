import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { PUT as end, DELETE as takeBack } from "@/app/api/v1/costs/entries/[id]/route";
import { POST as enter, GET as list } from "@/app/api/v1/costs/entries/route";
import { POST as costs } from "@/app/api/v1/costs/query/route";
import type { CostEntry } from "@/lib/core/cost-files";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { dueEntries, postDueCosts } from "@/lib/events/costs/cost-entries";
import { projectPending } from "@/lib/facts/project";
import type { CostReport } from "@/lib/metrics/money/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
const at = (now: string) => vi.setSystemTime(new Date(now));
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  at("2026-04-10T12:00:00Z");
  const { id } = await ensureOrganization({ slug: "acme" });
  await insertTeam(id, "payments");
  await projectPending();
  as = { ...(await sessionOf(await insertUser("finance"))), origin: ORIGIN };
  return () => vi.useRealTimers();
});

const ENTRY = {
  org: "acme",
  item: "seats",
  provider: "GitHub",
  currency: "USD",
  amount: "1900",
  every: "month",
  startsOn: "2026-01-31",
  why: "Contract 4711",
};
const say = async (more: object = {}) => {
  const answer = await call(enter, "/api/v1/costs/entries", { as, body: { ...ENTRY, ...more } });
  return { status: answer.status, body: await answer.json() };
};
const entries = async (): Promise<CostEntry[]> =>
  (await (await call(list, "/api/v1/costs/entries", { as })).json()).items;
const months = async () => {
  await projectPending();
  const body = { from: "2025-01-01", to: "2028-01-01", filters: { org: ["acme"] } };
  const report: CostReport = await (await call(costs, "/api/v1/costs/query", { as, body })).json();
  return Object.fromEntries(
    report.currencies.flatMap((own) =>
      own.months.map(({ byItem, month }) => [
        month,
        Object.values(byItem).reduce((sum, minor) => sum + Number(minor), 0),
      ]),
    ),
  );
};

describe("what is entered by hand", () => {
  it("is paid each month on its day, as far as that has come, and later by itself", async () => {
    expect(await say()).toMatchObject({ status: 200, body: { posted: 3 } });
    expect(await months()).toEqual({ "2026-01": 190000, "2026-02": 190000, "2026-03": 190000 });
    const days = await query<{ day: string }>(sql`select day::text from cost_import_total order by day`);
    expect(days.map(({ day }) => day)).toEqual(["2026-01-31", "2026-02-28", "2026-03-31"]);
    at("2026-05-31T12:00:00Z");
    expect(await postDueCosts()).toBe(2);
    expect(await postDueCosts()).toBe(0);
    expect(Object.keys(await months())).toHaveLength(5);
    expect(await entries()).toMatchObject([{ postedMinor: "950000", every: "month", endsOn: null }]);
  });

  it("ends on a day, and what was posted beyond it is taken back", async () => {
    const [entry] = await entries();
    const answer = await call(end, `/api/v1/costs/entries/${entry?.id}`, {
      as,
      method: "PUT",
      body: { endsOn: "2026-03-31" },
      params: { id: String(entry?.id) },
    });
    expect(await answer.json()).toMatchObject({ posted: 2 });
    expect(await months()).toMatchObject({ "2026-03": 190000, "2026-04": 0, "2026-05": 0 });
    expect(await postDueCosts()).toBe(0);
    const early = await call(end, `/api/v1/costs/entries/${entry?.id}`, {
      as,
      method: "PUT",
      body: { endsOn: "2025-12-31" },
      params: { id: String(entry?.id) },
    });
    expect([early.status, (await early.json()).pointer]).toEqual([422, "/endsOn"]);
  });

  it("is taken back with everything that was posted of it", async () => {
    const [entry] = await entries();
    const path = { as, method: "DELETE", params: { id: String(entry?.id) } };
    expect((await call(takeBack, `/api/v1/costs/entries/${entry?.id}`, path)).status).toBe(200);
    expect(Object.values(await months()).every((minor) => minor === 0)).toBe(true);
    expect((await call(takeBack, `/api/v1/costs/entries/${entry?.id}`, path)).status).toBe(404);
    expect(await entries()).toEqual([]);
  });

  it("is spread over the months of a year, to the cent, or paid once", async () => {
    at("2027-02-01T12:00:00Z");
    await say({ amount: "1000", every: "year", startsOn: "2026-02-01", item: "infrastructure", team: "Payments" });
    await say({ amount: "5000", every: "once", startsOn: "2026-06-15", item: "training", provider: "Academy" });
    const paid = await months();
    const ofYear = Array.from({ length: 11 }, (_, index) => paid[`2026-${String(index + 2).padStart(2, "0")}`] ?? 0);
    expect(ofYear.reduce((sum, minor) => sum + minor, 0) + (paid["2027-01"] ?? 0)).toBe(100_000 + 500_000);
    expect([paid["2026-02"], paid["2026-06"], paid["2027-01"], paid["2027-02"]]).toEqual([8334, 508333, 8333, 8334]);
  });

  it("adds up to its amount in every whole year", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.date({ min: new Date("2020-01-01"), max: new Date("2024-12-31"), noInvalidDate: true }),
        (minor, years, start) => {
          const startsOn = start.toISOString().slice(0, 10);
          const key = { team: null, agent: null, item: "seats" as const, provider: "x", currency: "USD" };
          const endsOn = `${Number(startsOn.slice(0, 4)) + years}${startsOn.slice(4)}`;
          const due = dueEntries({ ...key, every: "year", startsOn, endsOn, minor: BigInt(minor) }, "2030-01-01");
          const sum = due.slice(0, 12 * years).reduce((all, one) => all + one.minor, 0n);
          expect(sum).toBe(BigInt(minor) * BigInt(years));
        },
      ),
    );
  });

  it.each([
    ["no amount", { amount: "a lot" }, "/amount"],
    ["nothing", { amount: "0" }, "/amount"],
    ["more decimals than its currency has", { amount: "1.5", currency: "JPY" }, "/amount"],
    ["an unknown currency", { currency: "XXB" }, "/currency"],
    ["an unknown kind", { item: "coffee" }, "/item"],
    ["an unknown team", { team: "nobody" }, "/team"],
    ["an unknown agent", { agent: "nobody" }, "/agent"],
    ["an end before it begins", { endsOn: "2025-01-01" }, "/endsOn"],
    ["an end of what is paid once", { every: "once", endsOn: "2027-01-01" }, "/endsOn"],
    ["no day", { startsOn: "31/01/2026" }, "/startsOn"],
    ["no word of where it comes from", { why: "" }, "/why"],
    ["an unknown organisation", { org: "nobody" }, "/org"],
  ])("is refused with %s", async (_, more, pointer) => {
    const { body, status } = await say(more);
    expect([status === 422 || status === 404, body.pointer]).toEqual([true, pointer]);
  });
});
