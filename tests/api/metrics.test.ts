import { beforeAll, describe, expect, it } from "vitest";
import { GET as dimensions } from "@/app/api/v1/dimensions/route";
import { POST as batch } from "@/app/api/v1/metrics/batch/route";
import { POST as query } from "@/app/api/v1/metrics/query/route";
import { GET as metrics, PUT as putMetrics } from "@/app/api/v1/metrics/route";
import { POST as comparison } from "@/app/api/v1/rollbacks/comparison/route";
import { POST as curve } from "@/app/api/v1/rollbacks/curve/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { insertFleet } from "@/tests/factories/fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
beforeAll(async () => {
  await insertFleet();
});

const QUERY = "/api/v1/metrics/query";
const march = { from: "2026-03-01", to: "2026-04-01" };

describe("metrics", () => {
  it("are listed", async () => {
    const response = await call(metrics, "/api/v1/metrics");
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await response.json()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: "rollback_rate_7d" })]),
    });
  });

  it("answer a query with the rows, the watermark and the comparison", async () => {
    const response = await call(query, QUERY, {
      body: { metrics: ["rollback_rate_7d", "ai_share_lines"], ...march, groupBy: [], compare: "previous" },
    });
    expect(response.status).toBe(200);
    const answer = await response.json();
    expect(answer).toMatchObject({ asOf: "2026-03-31T01:00:00.000Z" });
    expect(answer.results[0].rows[0]).toMatchObject({
      k: 2,
      n: 7,
      value: 2 / 7,
      excluded: {},
      flags: ["few", "incomplete_bucket"],
    });
    expect(answer.results[0].compare[0]).toMatchObject({ value: null });
    expect(answer.results[0].rows[0].change).toEqual({ value: null, lo: null, hi: null, method: "none" });
    expect(answer.results[1].rows[0]).toMatchObject({
      value: 110 / 980,
      n: 11,
      excluded: { revert: 1, unknown_lines: 2 },
      method: "bootstrap",
    });
  });

  it("give the change between two periods with its limits", async () => {
    const response = await call(query, QUERY, {
      body: {
        metrics: ["ai_share_prs"],
        from: "2026-03-10",
        to: "2026-03-18",
        compare: { from: "2026-03-02", to: "2026-03-10" },
      },
    });
    const { results } = await response.json();
    expect(results[0].rows[0].change).toMatchObject({ value: 4 / 8 - 3 / 5, method: "newcombe" });
  });
});

describe("a batch", () => {
  const BATCH = "/api/v1/metrics/batch";
  const queries = [
    { metrics: ["rollback_rate_7d"], ...march, groupBy: ["repo"] },
    { metrics: ["ai_share_prs", "prs_merged_week"], ...march, grain: "week", compare: "previous" },
    { metrics: ["task_mix"], ...march, groupBy: ["category"], filters: { repo: ["acme/web"] } },
  ];

  it("answers each query as that query alone would be answered, in their order", async () => {
    const response = await call(batch, BATCH, { body: { queries } });
    expect(response.status).toBe(200);
    const alone = await Promise.all(queries.map(async (body) => (await call(query, QUERY, { body })).json()));
    expect((await response.json()).answers).toEqual(alone);
  });

  it.each([
    [{ queries: [] }, "/queries"],
    [{ queries: Array.from({ length: 17 }, () => queries[0]) }, "/queries"],
    [{ queries: [queries[0], { ...queries[1], grain: "decade" }] }, "/queries/1/grain"],
    [{ queries: [queries[0], { ...queries[1], filters: { team: ["nobody"] } }] }, "/queries/1/filters/team/0"],
    [{}, "/queries"],
  ])("that is wrong is refused at the field", async (body, pointer) => {
    const response = await call(batch, BATCH, { body });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ status: 422, pointer });
  });
});

describe("a wrong query", () => {
  it.each([
    [{ metrics: ["no_such"], ...march }, "/metrics/0"],
    [{ metrics: [], ...march }, "/metrics"],
    [{ metrics: ["ai_share_prs"], from: "yesterday", to: "2026-04-01" }, "/from"],
    [{ metrics: ["ai_share_prs"], ...march, timeZone: "Mars/Olympus" }, "/timeZone"],
    [{ metrics: ["ai_share_prs"], ...march, timeZone: "+05:45" }, "/timeZone"],
    [{ metrics: ["ai_share_prs"], from: "0000-01-01", to: "2026-04-01" }, "/from"],
    [{ metrics: ["ai_share_prs"], ...march, grain: "decade" }, "/grain"],
    [{ metrics: ["ai_share_prs"], ...march, groupBy: ["repo", "repo"] }, "/groupBy"],
    [{ metrics: ["ai_share_prs"], ...march, groupBy: ["person"] }, "/groupBy/0"],
    [{ metrics: ["ai_share_prs"], ...march, filters: { category: ["security_critical", "x"] } }, "/filters/category/1"],
    [{ metrics: ["ai_share_prs"], ...march, filters: { person: ["ada"] } }, "/filters/person"],
    [{ metrics: ["ai_share_prs"], ...march, filters: { repo: ["acme/'; drop table event; --"] } }, "/filters/repo/0"],
    [{ metrics: ["ai_share_prs"], from: "2026-04-01", to: "2026-04-01" }, "/to"],
    [{ metrics: ["ai_share_prs"], ...march, extra: 1 }, "/extra"],
  ])("%j is refused at the field", async (body, pointer) => {
    const response = await call(query, QUERY, { body });
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ type: "about:blank", status: 422, pointer });
  });

  it("that is no JSON, no object, of another type or too large is refused as such", async () => {
    expect((await call(query, QUERY, { body: "{" })).status).toBe(400);
    expect((await call(query, QUERY, { body: "[]" })).status).toBe(422);
    expect((await call(query, QUERY, { body: "{}", headers: { "content-type": "text/plain" } })).status).toBe(415);
    expect((await call(query, QUERY, { body: `"${"x".repeat(1_100_000)}"` })).status).toBe(413);
  });

  it("of another method is refused with what is possible", async () => {
    const response = await call(putMetrics, "/api/v1/metrics", { method: "PUT" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
  });
});

describe("a caller from elsewhere", () => {
  it.each([
    [{ host: "evil.example" }],
    [{ host: "127.0.0.1.evil.example:3000" }],
    [{ host: "localhost@evil.example" }],
    [{ origin: "https://evil.example" }],
    [{ origin: "http://127.0.0.1:8080" }],
    [{ origin: "null" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
  ])("with %j is refused", async (headers: Record<string, string>) => {
    const response = await call(query, QUERY, { body: { metrics: ["ai_share_prs"], ...march }, headers });
    expect(response.status).toBe(403);
  });

  it.each([
    [{ host: "localhost:3000" }],
    [{ host: "[::1]:3000" }],
    [{ origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" }],
  ])("is told apart from this machine: %j", async (headers: Record<string, string>) => {
    expect((await call(metrics, "/api/v1/metrics", { headers })).status).toBe(200);
  });
});

describe("rollbacks in detail", () => {
  it("have a curve per group", async () => {
    const response = await call(curve, "/api/v1/rollbacks/curve", { body: { ...march, groupBy: ["repo"] } });
    expect(response.status).toBe(200);
    const { curves } = await response.json();
    expect(curves.map(({ group, k, n }: { group: object; k: number; n: number }) => ({ group, k, n }))).toEqual([
      { group: { repo: "acme/api" }, k: 2, n: 3 },
      { group: { repo: "acme/web" }, k: 0, n: 4 },
    ]);
    expect(curves[0].points.map(({ hours }: { hours: number }) => hours)).toEqual([0, 2, 50]);
  });

  it("compare agents with people at the same mix", async () => {
    const response = await call(comparison, "/api/v1/rollbacks/comparison", { body: { ...march, window: "24h" } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      arms: [
        { arm: "agent", crude: { k: 1, n: 7 } },
        { arm: "human", crude: { k: 1, n: 6 } },
      ],
    });
  });
});

it("dimensions name what filters may name", async () => {
  const response = await call(dimensions, "/api/v1/dimensions");
  expect(await response.json()).toMatchObject({
    orgs: [{ slug: "acme" }],
    repos: [{ value: "acme/api" }, { value: "acme/web" }],
    teams: [{ value: "payments" }, { value: "unassigned" }],
    agents: [{ value: "claude_code" }, { value: "cursor" }],
    span: { firstMergedAt: "2026-03-02T10:00:00.000Z", latest: "2026-03-31T01:00:00.000Z" },
  });
});
