import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PUT as enterSuggestions } from "@/app/api/v1/suggestions/route";
import { PUT as enterSurvey } from "@/app/api/v1/surveys/route";
import { mintScope } from "@/lib/auth/mint-scope";
import type { Scope } from "@/lib/auth/scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { expectGolden, type GoldenCase, readGoldenCases } from "@/tests/golden/case";
import { REPORTED_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
let teams: Record<string, number>;

async function newOrg(slug: string): Promise<number> {
  const org = await insertOrg(slug, { timeZone: "America/New_York" });
  const repo = await insertRepo(org, "app", { completeTo: "2026-06-30T00:00:00Z" });
  await insertFacts(org, repo, [{ number: 1, mergedAt: "2026-02-02T12:00:00Z" }]);
  return org;
}

beforeAll(async () => {
  as = { ...(await sessionOf(await insertUser("admin"))), origin: ORIGIN };
  const org = await newOrg("acme");
  teams = { payments: await insertTeam(org, "payments"), search: await insertTeam(org, "search") };
  const repo = await insertRepo(org, "web", { completeTo: "2026-06-30T00:00:00Z" });
  await insertFacts(org, repo, [{ number: 1, mergedAt: "2026-02-02T12:00:00Z", teamId: teams.payments ?? null }]);
});

const survey = (body: object) =>
  call(enterSurvey, "/api/v1/surveys", { method: "PUT", as, body: { org: "acme", ...body } });
const suggestions = (csv: string, org = "acme") =>
  call(enterSuggestions, "/api/v1/suggestions", { method: "PUT", as, body: { org, csv } });

async function ask(
  metric: string,
  more: Partial<MetricsQueryInput> = {},
  scope: Scope = SYSTEM_SCOPE,
): Promise<MetricRow[]> {
  const input = { metrics: [metric], from: "2026-01-01", to: "2026-07-01", filters: { org: ["acme"] }, ...more };
  return (await runMetricsQuery(scope, metricsQuerySchema.parse(input))).results[0]?.rows ?? [];
}

const lines = (...rows: (string | number)[][]) => rows.map((row) => row.join(",")).join("\n");

describe("golden cases of what is reported", () => {
  const slugOf = (id: string) => id.replaceAll(/[._]/g, "-");
  const askOf = async (slug: string, metric: string) => (await ask(metric, { filters: { org: [slug] } }))[0];

  async function trust({ id, inputs }: GoldenCase) {
    const given = z.object({ responses: z.record(z.string(), z.int()), invited: z.int() }).parse(inputs);
    await newOrg(slugOf(id));
    const answers = Object.entries(given.responses).flatMap(([answer, count]) => Array(count).fill([answer]));
    const csv = lines(["trust"], ...answers);
    await survey({ org: slugOf(id), wave: "2026-03-31", invited: given.invited, csv });
    const row = await askOf(slugOf(id), "trust_score");
    return {
      trust_score: row?.value,
      wilson95: [row?.lo, row?.hi],
      response_rate: (row?.n ?? 0) / (row?.asked ?? Number.NaN),
    };
  }

  async function falsePositives({ id, inputs }: GoldenCase) {
    const given = z.object({ judged: z.int(), false_positive: z.int(), unjudged: z.int() }).parse(inputs);
    await newOrg(slugOf(id));
    const { false_positive: wrong, judged, unjudged } = given;
    const head = ["day", "tool", "shown", "judged", "false_positive"];
    await suggestions(lines(head, ["2026-03-02", "editor", judged + unjudged, judged, wrong]), slugOf(id));
    const row = await askOf(slugOf(id), "false_positive_rate");
    const seen = row?.n ?? 0;
    return { rate: row?.value, coverage_of_judgement: seen / (seen + (row?.excluded.not_judged ?? 0)) };
  }

  const answers: Readonly<Record<string, (entry: GoldenCase) => Promise<unknown>>> = {
    survey: trust,
    false_positive: falsePositives,
  };

  it("have an answer for each group that is left to them", () => {
    expect(Object.keys(answers).sort()).toEqual([...REPORTED_GROUPS].sort());
  });

  const cases = readGoldenCases().filter(({ group }) => REPORTED_GROUPS.has(group));
  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (_, entry) => {
    expectGolden(await answers[entry.group]?.(entry), entry);
  });
});

describe("a survey", () => {
  const csv = lines(
    ["team", "trust", "hours"],
    ...[5, 4, 4, 2, 1, 5].map((answer, index) => ["Payments", answer, index]),
    ...[5, 1, 1].map((answer) => ["search", answer, ""]),
    ["", "", "10.5"],
  );

  it("is counted by team and as a whole, with how many were asked, and replaced by another of its day", async () => {
    expect((await ask("trust_score"))[0]).toMatchObject({ value: null, reason: "no survey in this period" });
    expect(await (await survey({ wave: "2026-03-31", invited: 12, csv })).json()).toEqual({ answers: 10 });
    expect((await ask("trust_score"))[0]).toMatchObject({ value: 5 / 9, k: 5, n: 9, asked: 12, method: "wilson" });
    expect((await ask("hours_saved_self_reported"))[0]).toMatchObject({ value: (15 + 10.5) / 7, n: 7, k: null });
    const byTeam = await ask("trust_score", { groupBy: ["team"] });
    expect(byTeam.map(({ group, k, n, value }) => [group.team, k, n, value])).toEqual([
      ["payments", 4, 6, 4 / 6],
      // Three answers would be about persons.
      ["search", null, 3, null],
    ]);
    expect(byTeam[1]?.reason).toContain("fewer than 5 answers");
    await survey({ wave: "2026-03-31", csv: lines(["trust"], [5], [5], [5], [5], [1]) });
    expect((await ask("trust_score"))[0]).toMatchObject({ value: 0.8, n: 5 });
    expect((await ask("trust_score"))[0]?.asked).toBeUndefined();
    await survey({ wave: "2026-03-31", invited: 12, csv });
  });

  it("stands on its day in the zone of the organisation, and another day beside it", async () => {
    await survey({ wave: "2026-05-01", invited: 8, csv: lines(["trust"], [5], [5], [5], [5], [5]) });
    const months = await ask("trust_score", { grain: "month", timeZone: "America/New_York" });
    const known = months.filter(({ n }) => (n ?? 0) > 0).map(({ bucket, n }) => [bucket?.slice(0, 7), n]);
    expect(known).toEqual([
      ["2026-03", 9],
      ["2026-05", 5],
    ]);
    expect((await ask("trust_score"))[0]).toMatchObject({ n: 14, asked: 20 });
  });

  it("is narrowed by team, and not by what no answer is about", async () => {
    const filters = { org: ["acme"], team: ["payments"] };
    expect((await ask("trust_score", { filters }))[0]).toMatchObject({ n: 6 });
    const [row] = await ask("trust_score", { filters: { org: ["acme"], repo: ["acme/app"] } });
    expect(row).toMatchObject({
      value: null,
      reason: "answers and reports are of teams: clear the filter by repository",
    });
  });

  it("shows whoever sees one team what that team said, and nothing of others", async () => {
    const scope = mintScope({
      organizations: "all",
      teams: [teams.payments ?? 0],
      personFields: false,
      moneyFields: false,
    });
    const [row] = await ask("trust_score", {}, scope);
    expect(row).toMatchObject({ n: 6, k: 4 });
    expect(row?.asked).toBeUndefined();
  });

  it.each([
    [{ wave: "soon", csv: "trust\n5" }, "/wave", "must be a day"],
    [{ wave: "2026-03-31", csv: "" }, "/csv", "the survey is empty"],
    [{ wave: "2026-03-31", csv: "trust\n6" }, "/csv", "Line 2, trust: “6” is no answer from 1 to 5."],
    [{ wave: "2026-03-31", csv: "team,hours\nPayments,900" }, "/csv", "Line 2, hours: “900” is no number of hours"],
    [{ wave: "2026-03-31", csv: "team,trust\nPayments," }, "/csv", "Line 2: it holds neither trust nor hours."],
    [{ wave: "2026-03-31", csv: "team,trust\nNobody,5" }, "/csv", "Line 2, team: there is no team “Nobody”."],
    [{ wave: "2026-03-31", csv: "name,trust\nAda,5" }, "/csv", "Line 1: there is no column “name”"],
  ])("is refused with %j", async (body, pointer, detail) => {
    const before = await ask("trust_score");
    const answer = await survey(body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer, detail: expect.stringContaining(detail) });
    expect(await ask("trust_score")).toEqual(before);
  });

  it("is of an organisation that is there", async () => {
    expect((await survey({ org: "nobody", wave: "2026-03-31", csv: "trust\n5" })).status).toBe(404);
  });
});

describe("a report of suggestions", () => {
  const head = ["day", "team", "tool", "shown", "judged", "false_positive"];
  const csv = lines(
    head,
    ["2026-03-02", "Payments", "editor", 100, 40, 8],
    ["2026-03-02", "Payments", "editor", 20, 10, 2],
    ["2026-03-03", "", "scanner", 30, 30, 15],
  );

  it("adds up, and coming twice changes nothing", async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await (await suggestions(csv)).json()).toEqual({ entries: 2 });
      expect((await ask("false_positive_rate"))[0]).toMatchObject({
        value: 25 / 80,
        k: 25,
        n: 80,
        excluded: { not_judged: 70 },
      });
    }
    const byTeam = await ask("false_positive_rate", { groupBy: ["team"] });
    expect(byTeam.map(({ group, k, n }) => [group.team, k, n])).toEqual([
      ["payments", 10, 50],
      ["unassigned", 15, 30],
    ]);
    await suggestions(lines(head, ["2026-03-03", "", "scanner", 30, 10, 1]));
    expect((await ask("false_positive_rate"))[0]).toMatchObject({ k: 11, n: 60 });
  });

  it.each([
    [["2026-03-02", "", "editor", 10, 20, 1], "judged: 20 are more than the 10 shown."],
    [["2026-03-02", "", "editor", 30, 20, 21], "false_positive: 21 are more than the 20 judged."],
    [["yesterday", "", "editor", 30, 20, 1], "day: “yesterday” is no date"],
    [["2026-03-02", "", "", 30, 20, 1], "tool: it is empty."],
    [["2026-03-02", "", "editor", 30, "many", 1], "judged: “many” is no whole number"],
  ])("is refused with the line %j", async (row, detail) => {
    const answer = await suggestions(lines(head, row));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      pointer: "/csv",
      detail: expect.stringContaining(`Line 2, ${detail}`),
    });
  });
});
