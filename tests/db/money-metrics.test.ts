import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { Decimal } from "@/lib/core/decimal";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPendingActivity } from "@/lib/facts/activity/project-activity";
import { readCosts } from "@/lib/metrics/money/read-costs";
import { readModels } from "@/lib/metrics/money/read-models";
import { costReportSchema, teamModelsSchema } from "@/lib/metrics/money/response-schemas";
import {
  type GroupModel,
  type InputSource,
  runMix,
  seedOfInputs,
  uncertaintyOf,
  valuesOf,
} from "@/lib/metrics/money/types";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { runModel } from "@/lib/roi/engine/run-model";
import { enterAssumptions } from "@/lib/settings/money/enter-assumptions";
import { assumptionsSchema } from "@/lib/settings/money/schema";
import { ActivityFactory } from "@/tests/factories/activity";
import { type FactInput, insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

/** Two months of 30.4375 days. */
const PERIOD = { from: "2026-03-01T00:00:00Z", to: "2026-04-30T21:00:00Z" };
const FIGURES = [
  "cost_per_pr",
  "cost_per_safe_pr",
  "breakeven_volume",
  "roi_pct",
  "npv",
  "irr",
  "payback_month",
] as const;

const ask = async (org: string, more: Partial<MetricsQueryInput> = {}, scope = SYSTEM_SCOPE) => {
  const asked = metricsQuerySchema.parse({ metrics: [...FIGURES], ...PERIOD, filters: { org: [org] }, ...more });
  const { results } = await runMetricsQuery(scope, asked);
  return new Map(results.map(({ metric, rows }) => [metric, rows]));
};
const only = (rows: ReadonlyMap<string, MetricRow[]>, metric: string) => rows.get(metric)?.[0];

async function pay(events: readonly FleetEvent[]): Promise<void> {
  await withTransaction((client) => appendEvents(client, [[...events]]));
  await projectPendingActivity();
}

const values = (said: Record<string, string | [string, string, string] | null>) =>
  Object.entries(said).map(([key, one]) =>
    Array.isArray(one) ? { key, low: one[0], value: one[1], high: one[2] } : { key, value: one },
  );
const say = (org: string, said: Parameters<typeof values>[0], more: object = {}) =>
  enterAssumptions(
    assumptionsSchema.parse({
      org,
      validFrom: "2026-01-01",
      basis: "assumed",
      why: "said in a test",
      values: values(said),
      ...more,
    }),
    "Ada",
  );

/** A hundred pull requests of agents and fifty of people, one after the other in March. */
function merged(teamId: number | null): FactInput[] {
  return Array.from({ length: 150 }, (_, index) => {
    const isAgent = index < 100;
    const place = isAgent ? index : index - 100;
    return {
      number: index + 1,
      mergedAt: new Date(Date.parse("2026-03-02T00:00:00Z") + index * 3_600_000).toISOString(),
      kind: isAgent ? "agent" : "human",
      agentMask: isAgent ? 1n : 0n,
      teamId,
      rollbackSeconds: place < (isAgent ? 5 : 2) ? 3600 : null,
      course: { effort_seconds: isAgent ? 900 : 1800, reworked: place < (isAgent ? 40 : 5) ? 1 : 0, human_reviews: 1 },
    };
  });
}

const RATES = {
  developerRate: "80",
  reviewerRate: "50",
  hoursSaved: "1",
  hoursPerRework: "0.5",
  hoursPerRollback: "2",
};

let orgId = 0;
beforeAll(async () => {
  await insertAgents([{ code: 0, key: "claude_code" }]);
  orgId = await insertOrg("acme");
  const repo = await insertRepo(orgId, "app", { completeTo: "2026-06-01T00:00:00Z" });
  const payments = await insertTeam(orgId, "payments");
  await insertTeam(orgId, "search");
  await insertFacts(orgId, repo, merged(payments));
});

describe("what agents cost", () => {
  it("is not known without costs, and is at least what was paid without rates", async () => {
    expect(only(await ask("acme"), "cost_per_pr")).toMatchObject({
      value: null,
      reason: "no source tells of costs in this period",
    });
    const make = new ActivityFactory(orgId);
    await pay([
      make.cost("api", "2026-03-10T12:00:00Z", "30000"),
      make.cost("seats", "2026-04-01T12:00:00Z", "20000", { item: "seats", agent: "claude_code" }),
      make.cost("ci", "2026-04-01T12:00:00Z", "15000", { item: "ci", agent: null }),
      make.cost("gpu", "2026-04-02T12:00:00Z", "10000", { item: "infrastructure", agent: null }),
      make.cost("course", "2026-04-03T12:00:00Z", "50000", { item: "training", agent: null }),
      // After the period.
      make.cost("late", "2026-05-01T12:00:00Z", "99900"),
    ]);
    const rows = await ask("acme");
    // 300 + 200 + 100 of 150 + 100 + 500: checks ran for 150 pull requests, 100 of which were by agents.
    expect(only(rows, "cost_per_pr")).toMatchObject({ value: 12, currency: "USD", n: 100, method: "linearised" });
    expect(only(rows, "cost_per_pr")?.flags).toContain("lower_bound");
    expect(only(rows, "npv")).toMatchObject({
      value: null,
      reason:
        "nobody has entered: hourly cost of developers, hours saved per pull request, hours per reworked pull request, hours per rollback",
    });
  });

  it("is what was paid and what hours cost, with everything said", async () => {
    await say("acme", RATES, { currency: "USD" });
    const rows = await ask("acme");
    // 1,200 paid, 25 hours of review at 50, 40 reworked at half an hour, and 5 rolled back at two hours, at 80.
    expect(only(rows, "cost_per_pr")?.value).toBe(48.5);
    expect(only(rows, "cost_per_pr")?.flags).not.toContain("lower_bound");
    const safe = only(rows, "cost_per_safe_pr");
    expect(safe?.value).toBeCloseTo(48.5 / 0.95, 10);
    const spread = Math.exp(1.959963984540054 * Math.sqrt(1 / 100 + 5 / (95 * 100)));
    expect(safe?.hi).toBeCloseTo((48.5 / 0.95) * spread, 8);
    expect(safe?.lo).toBeCloseTo(48.5 / 0.95 / spread, 8);
  });

  it("is of the days that begin in a bucket", async () => {
    const rows = (await ask("acme", { grain: "month", timeZone: "UTC" })).get("cost_per_pr") ?? [];
    expect(rows.map(({ bucket, value }) => [bucket?.slice(0, 7), value])).toEqual([
      // 300 paid, and the hours of what was merged in March.
      ["2026-03", (300 + 1250 + 1600 + 800) / 100],
      ["2026-04", null],
    ]);
    expect(rows[1]?.reason).toBe("no pull request of an agent was merged in this period");
  });

  it("is told by what it was paid for, to the cent", async () => {
    const report = costReportSchema.parse(await readCosts(SYSTEM_SCOPE, { ...PERIOD, filters: { org: ["acme"] } }));
    expect(report.currencies).toHaveLength(1);
    expect(report.currencies[0]).toMatchObject({
      currency: "USD",
      total: "125000",
      entries: 5,
      months: [
        { month: "2026-03", byItem: { api: "30000" } },
        { month: "2026-04", byItem: { seats: "20000", ci: "15000", infrastructure: "10000", training: "50000" } },
      ],
      byTeam: [{ name: "payments", minor: "125000", entries: 5 }],
      byAgent: [
        { name: "", minor: "75000", entries: 3 },
        { name: "claude_code", minor: "50000", entries: 2 },
      ],
      byProvider: [{ name: "anthropic", minor: "125000", entries: 5 }],
    });
  });
});

describe("the model of a group", () => {
  const models = async (org: string, filters: object = {}) =>
    teamModelsSchema.parse(await readModels(SYSTEM_SCOPE, { ...PERIOD, filters: { org: [org], ...filters } }));

  it("is made of what was measured, paid and said, each with its source", async () => {
    const { parts, whole } = await models("acme");
    expect(whole.currency).toBe("USD");
    const inputs = whole.inputs;
    if (inputs === null) throw new Error(whole.reason ?? "");
    const kinds = Object.fromEntries(Object.entries(inputs).map(([key, { source }]) => [key, source.kind]));
    expect(kinds).toMatchObject({
      pullRequestsPerMonth: "measured",
      hoursSaved: "said",
      realisation: "usual",
      governanceRate: "same",
      oversightHours: "measured",
      apiCost: "ledger",
      incidentCost: "none",
    });
    expect(inputs.rollbackRate.source).toMatchObject({ metric: "rollback_rate_7d", k: 5, n: 100 });
    expect(valuesOf(inputs as Parameters<typeof valuesOf>[0])).toMatchObject({
      pullRequestsPerMonth: "50",
      apiCost: "3",
      ciCost: "1",
      seats: "1",
      seatPrice: "100",
      fixedMonthly: "50",
      oneOff: "500",
      oversightHours: "0.25",
      humanReviewHours: "0.5",
      reworkRate: "0.4",
      baselineReworkRate: "0.1",
      rollbackRate: "0.05",
      baselineRollbackRate: "0.04",
    });
    expect(parts.map(({ kind, model, team }) => [kind, team, model.inputs?.pullRequestsPerMonth.value])).toEqual([
      ["team", "payments", "50"],
      ["unallocated", null, "0"],
    ]);
  });

  it("gives the figures of the registry, by the engine", async () => {
    const { whole } = await models("acme");
    const inputs = whole.inputs as Parameters<typeof valuesOf>[0];
    const result = runModel(valuesOf(inputs), "USD");
    expect(result.economics.contribution.toString()).toBe("34.9");
    expect(result.economics.fixedMonthly.toString()).toBe("150");
    const rows = await ask("acme");
    expect(only(rows, "breakeven_volume")).toMatchObject({ value: 5, method: "monte-carlo" });
    expect(only(rows, "npv")?.value).toBe(result.netPresentValue.toNumber() / 100);
    expect(only(rows, "npv")).toMatchObject({ method: "monte-carlo", currency: "USD" });
    expect(only(rows, "npv")?.lo).toBeLessThan(only(rows, "npv")?.value ?? 0);
    expect(only(rows, "roi_pct")?.value).toBe(result.returnOnInvestment?.toNumber());
    expect(only(rows, "irr")?.value).toBe(result.internalRate?.annual ?? null);
    expect(only(rows, "payback_month")?.value).toBe(result.payback?.fractional);
    // The same question has the same limits.
    expect(await ask("acme")).toEqual(rows);
  });

  it("takes what was said of a team before what was said of all, by its day, and the last word of a day", async () => {
    await say("acme", { hoursSaved: "0.1" }, { team: "payments", validFrom: "2026-04-30" });
    await say("acme", { hoursSaved: ["0.05", "0.2", "0.4"] }, { team: "payments", validFrom: "2026-04-30" });
    // Not yet.
    await say("acme", { hoursSaved: "9" }, { team: "payments", validFrom: "2026-05-01" });
    const { parts, whole } = await models("acme");
    const ofTeam = {
      value: "0.2",
      source: { kind: "said", of: "team", by: "Ada", why: "said in a test", low: "0.05", high: "0.4" },
    };
    expect(parts[0]?.model.inputs?.hoursSaved).toMatchObject(ofTeam);
    // All pull requests are of that team, and so is what all of them save.
    expect(whole.inputs?.hoursSaved).toMatchObject(ofTeam);
    const filtered = await models("acme", { team: ["payments"] });
    expect(filtered.whole.inputs?.hoursSaved.value).toBe("0.2");
    const row = (await ask("acme", { groupBy: ["team"] })).get("breakeven_volume")?.[0];
    expect(row).toMatchObject({ group: { team: "payments" }, value: 52 });
    await say("acme", { hoursSaved: "0" }, { team: "payments", validFrom: "2026-04-30" });
    // Every pull request loses money then, which is an answer.
    const lost = (await ask("acme", { groupBy: ["team"] })).get("breakeven_volume")?.[0];
    expect(lost).toMatchObject({ value: null, reason: "none: every pull request loses 5.10 USD" });
    // What is taken back falls to what was said of all.
    await say("acme", { hoursSaved: null }, { team: "payments", validFrom: "2026-04-30" });
    expect((await models("acme")).parts[0]?.model.inputs?.hoursSaved).toMatchObject({
      value: "1",
      source: { of: "organisation" } satisfies Partial<Extract<InputSource, { kind: "said" }>>,
    });
  });

  it("has its part of what is said of all, by pull requests merged, and the whole of what is said of itself", async () => {
    const org = await insertOrg("shared");
    const repo = await insertRepo(org, "app", { completeTo: "2026-06-01T00:00:00Z" });
    const [payments, search] = [await insertTeam(org, "payments"), await insertTeam(org, "search")];
    const all = merged(null).slice(0, 100);
    await insertFacts(
      org,
      repo,
      all.map((fact, index) => ({ ...fact, teamId: index < 60 ? payments : index < 90 ? search : null })),
    );
    await say("shared", { ...RATES, fixedMonthly: "1000", governanceHours: ["5", "10", "20"] }, { currency: "EUR" });
    await say("shared", { governanceHours: "7" }, { team: "search" });
    const { parts, whole } = await models("shared");
    const inputsOf = (name: string | null) => parts.find(({ team }) => team === name)?.model.inputs;
    const fixed = (name: string | null) => inputsOf(name)?.fixedMonthly;
    expect(whole.inputs?.fixedMonthly).toMatchObject({ value: "1000", source: { part: null } });
    expect(fixed("payments")).toMatchObject({ value: "600", source: { part: 0.6 } });
    expect(fixed("search")?.value).toBe("300");
    expect(fixed(null)?.value).toBe("100");
    // Seven of ten hours are said to be of Search: the others share three, which cost 240.00, as 205.71 and 34.29.
    const governance = (name: string | null) => inputsOf(name)?.governanceHours;
    expect(governance("search")).toMatchObject({ value: "7", source: { of: "team", part: null } });
    expect(Number(governance("payments")?.value) * 80).toBeCloseTo(205.71, 10);
    expect(Number(governance(null)?.value) * 80).toBeCloseTo(34.29, 10);
    expect(Number(whole.inputs?.governanceHours.value)).toBeCloseTo(10, 10);
    // What is said of an hour or a pull request is nobody's part.
    expect(parts.every(({ model }) => model.inputs?.developerRate.value === "80")).toBe(true);
    const filtered = await models("shared", { team: ["payments", "search"] });
    expect(filtered.whole.inputs?.fixedMonthly.value).toBe("900");
  });

  it("is the sum of its teams to the cent, by whatever its costs are shared out", async () => {
    const org = await insertOrg("summed");
    const repo = await insertRepo(org, "app", { completeTo: "2026-06-01T00:00:00Z" });
    const [payments, search, idle] = [
      await insertTeam(org, "payments"),
      await insertTeam(org, "search"),
      await insertTeam(org, "idle"),
    ];
    await insertFacts(
      org,
      repo,
      merged(null).map((fact, index) => ({ ...fact, teamId: [payments, search, null][index % 3] ?? null })),
    );
    await query(sql`insert into person (org_id, name) select ${org}, 'p' || n from generate_series(1, 4) n`);
    await query(sql`insert into team_member (org_id, team_id, person_id, valid_from, fte)
      select ${org}, (array[${payments}, ${search}, ${search}, ${idle}]::integer[])[row_number() over (order by id)], id,
        '2026-01-01', 1 from person where org_id = ${org}`);
    const make = new ActivityFactory(org);
    await pay([
      make.cost("own", "2026-03-10T12:00:00Z", "12345", { team: "payments" }),
      make.cost("idle", "2026-03-10T12:00:00Z", "777", { team: "idle" }),
      make.cost("all", "2026-03-11T12:00:00Z", "100001", { team: null }),
      make.cost("gpus", "2026-03-12T12:00:00Z", "33333", { team: null, item: "infrastructure", agent: null }),
      make.cost("course", "2026-03-12T12:00:00Z", "10", { team: null, item: "training", agent: null }),
    ]);
    const more = { fixedMonthly: "1000.01", governanceHours: "10", dipDevelopers: "7", dipSalary: "100000" };
    await say("summed", { ...RATES, ...more, seats: "10", seatPrice: "19.99" }, { currency: "USD" });
    await say("summed", { hoursSaved: "0.7", seats: "4" }, { team: "search" });
    const apart = new Map<string, string>();
    for (const allocation of ["pull_requests", "people", "seats", "none"] as const) {
      await say("summed", {}, { allocation });
      const { allocations, parts, whole } = await models("summed");
      expect(allocations).toEqual([{ org: "summed", key: allocation }]);
      const results = parts.map(({ model }) =>
        runModel(valuesOf(model.inputs as Parameters<typeof valuesOf>[0]), "USD"),
      );
      const net = results.reduce((sum, { netPresentValue }) => sum.plus(netPresentValue), new Decimal(0));
      const total = runMix(whole as GroupModel, parts.map(({ model }) => model) as GroupModel[], "USD");
      const months = results.map(({ totalNet }) => totalNet).reduce((sum, one) => sum.plus(one));
      expect(total.totalNet.toFixed()).toBe(months.toFixed());
      // Each present value is rounded once.
      expect(total.netPresentValue.minus(net).abs().toNumber()).toBeLessThanOrEqual(parts.length);
      expect(only(await ask("summed"), "npv")?.value).toBe(total.netPresentValue.toNumber() / 100);
      const unallocated = parts.find(({ kind }) => kind === "unallocated")?.model.inputs;
      apart.set(allocation, unallocated?.fixedMonthly.value ?? "");
      // Whoever has it, all of it is there: 1,000.01 of contracts, the infrastructure, and models of nothing merged.
      const posted = parts.map(({ model }) => Number(model.inputs?.fixedMonthly.value));
      expect(posted.reduce((sum, one) => sum + one, 0)).toBeCloseTo(Number(whole.inputs?.fixedMonthly.value), 6);
      expect(whole.spending?.lines).toMatchObject({ infrastructure: "333.33", training: "0.1", api: "1131.23" });
    }
    expect(apart.get("pull_requests")).toBe("0");
    expect(apart.get("people")).toBe("0");
    expect(Number(apart.get("none"))).toBeGreaterThan(1000);
    expect(await models("summed", { team: ["search"] })).toMatchObject({
      parts: [{ kind: "team", team: "search" }],
      whole: { inputs: { hoursSaved: { value: "0.7" } } },
    });
  });

  it("says of what is added up of two where both come from, and counts contracts as they were entered", async () => {
    const org = await insertOrg("contracts");
    const repo = await insertRepo(org, "app", { completeTo: "2026-06-01T00:00:00Z" });
    await insertFacts(org, repo, merged(null));
    const make = new ActivityFactory(org);
    await pay([
      make.cost("model", "2026-03-10T12:00:00Z", "30000", { team: null }),
      make.cost("gpus", "2026-03-10T12:00:00Z", "10000", { team: null, item: "infrastructure", agent: null }),
    ]);
    // Seats without a price would be free, and are not taken.
    await say("contracts", { ...RATES, fixedMonthly: "100", delegationHours: "0.05", seats: "10" });
    const { whole } = await models("contracts");
    expect(whole.inputs?.fixedMonthly).toMatchObject({
      value: "150",
      source: { kind: "ledger" },
      and: { kind: "said" },
    });
    expect(whole.inputs?.oversightHours).toMatchObject({
      value: "0.3",
      source: { kind: "measured" },
      and: { kind: "said" },
    });
    expect(whole.inputs?.seats.source.kind).toBe("none");
    // 400 paid, 200 of contracts in two months, and the hours.
    expect(whole.spending).toMatchObject({ total: "4250", lines: { contracts: "200", seats: "0" } });
    expect(only(await ask("contracts"), "cost_per_pr")?.value).toBe(42.5);
  });

  it("has the limits that the page ROI draws", async () => {
    const { whole } = await models("contracts");
    const inputs = whole.inputs as Parameters<typeof valuesOf>[0];
    const { presentValue } = monteCarlo(valuesOf(inputs), uncertaintyOf(inputs), { seed: seedOfInputs(inputs) });
    expect(only(await ask("contracts"), "npv")).toMatchObject({ lo: presentValue.p10, hi: presentValue.p90 });
  });

  it("is not narrowed by what money has not, and is not shown to whoever sees no money", async () => {
    const narrowed = await ask("acme", { filters: { org: ["acme"], category: ["documentation"] } });
    expect(only(narrowed, "npv")).toMatchObject({
      value: null,
      reason: "what is paid is of teams: clear the filter by task",
    });
    for (const scope of [
      mintScope({ ...SYSTEM_SCOPE, moneyFields: false }),
      mintScope({ ...SYSTEM_SCOPE, teams: [1] }),
    ]) {
      for (const metric of FIGURES) {
        expect(only(await ask("acme", {}, scope), metric)).toMatchObject({ value: null, lo: null, hi: null });
      }
    }
    const hidden = only(await ask("acme", {}, mintScope({ ...SYSTEM_SCOPE, moneyFields: false })), "cost_per_pr");
    expect(hidden).toMatchObject({ reason: "money is shown to finance and administrators" });
  });

  it("has no currency where amounts are in two, and adds none of them to the other", async () => {
    const other = await insertOrg("umbrella");
    const repo = await insertRepo(other, "app", { completeTo: "2026-06-01T00:00:00Z" });
    await insertFacts(other, repo, merged(null));
    const make = new ActivityFactory(other);
    await pay([
      make.cost("a", "2026-03-10T12:00:00Z", "30000", { team: null }),
      make.cost("b", "2026-03-10T12:00:00Z", "500", { team: null, currency: "EUR" }),
    ]);
    await say("umbrella", RATES);
    const row = only(await ask("umbrella"), "npv");
    expect(row?.reason).toBe("amounts are in EUR and USD, and nobody has said in which of them is planned");
    const report = await readCosts(SYSTEM_SCOPE, { ...PERIOD, filters: { org: ["umbrella"] } });
    expect(report.currencies.map(({ currency, total }) => [currency, total])).toEqual([
      ["EUR", "500"],
      ["USD", "30000"],
    ]);
  });

  it("follows costs that come later, and those that are taken away", async () => {
    const make = new ActivityFactory(orgId);
    const total = async () =>
      (await readCosts(SYSTEM_SCOPE, { ...PERIOD, filters: { org: ["acme"] } })).currencies[0]?.total;
    expect(await total()).toBe("125000");
    await pay([make.cost("more", "2026-03-10T23:00:00Z", "1"), make.cost("new", "2026-03-20T12:00:00Z", "-2")]);
    expect(await total()).toBe("124999");
    await query(sql`delete from rollup_cost_day where org_id = ${orgId} and day = '2026-03-20'`);
    expect(await total()).toBe("125001");
    await query(sql`update rollup_cost_day set amount_minor = amount_minor - 1
      where org_id = ${orgId} and day = '2026-03-10'`);
    expect(await total()).toBe("125000");
  });
});
