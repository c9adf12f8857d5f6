import { beforeAll, describe, expect, it } from "vitest";
import { DELETE } from "@/app/api/v1/benchmarks/[id]/route";
import { GET, POST } from "@/app/api/v1/benchmarks/route";
import { PUBLISHED_FIGURES, PUBLISHED_SOURCES } from "@/lib/metrics/benchmarks/published";
import type { BenchmarkItem } from "@/lib/metrics/benchmarks/types";
import { findMetric } from "@/lib/metrics/registry";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  as = { ...(await sessionOf(await insertUser("admin"))), origin: ORIGIN };
});

const PATH = "/api/v1/benchmarks";
const list = async () => ((await (await call(GET, PATH)).json()) as { items: BenchmarkItem[] }).items;
const GOAL = {
  metric: "rollback_rate_7d",
  says: "Goal of the platform group",
  publisher: "Engineering council",
  published: "2026-05",
  low: 0,
  high: 4.5,
};
const add = (body: object) => call(POST, PATH, { as, body });

describe("published figures", () => {
  it("are 71, each with a source, an end that is not below its beginning, and a metric that exists where it names one", () => {
    expect(PUBLISHED_FIGURES).toHaveLength(71);
    expect(new Set(PUBLISHED_FIGURES.map(({ id }) => id)).size).toBe(71);
    for (const { after, before, high, low, metric, source } of PUBLISHED_FIGURES) {
      expect(PUBLISHED_SOURCES[source]).toBeDefined();
      expect(high).toBeGreaterThanOrEqual(low);
      expect(before === null).toBe(after === null);
      // Some are about what is not counted yet.
      if (metric !== null && findMetric(metric) === undefined) expect(UNCOUNTED).toContain(metric);
    }
  });

  it("say what contradicts them", async () => {
    const items = await list();
    expect(items).toHaveLength(71);
    const told = items.find(({ id }) => id === "001-08");
    expect(told).toMatchObject({ comparability: "caution", source: { publisher: "Nuvox AI", kind: "vendor" } });
    expect(told?.contradiction).toContain("No scenario of the article breaks even there");
    expect(items.filter(({ contradiction }) => contradiction !== null).length).toBeGreaterThan(25);
  });
});

/** Metrics of the register that the product does not have yet. */
const UNCOUNTED = ["pre_merge_catch_rate"];

describe("a company's own figure", () => {
  it("stands first of its kind, and is removed again", async () => {
    const answer = await add(GOAL);
    expect(answer.status).toBe(200);
    const { id } = (await answer.json()) as { id: string };
    const rollbacks = (await list()).filter(({ topic }) => topic === "rollback");
    expect(rollbacks[0]).toMatchObject({
      id,
      says: GOAL.says,
      unit: "%",
      low: 0,
      high: 4.5,
      source: { kind: "own", publisher: "Engineering council", date: "2026-05" },
      comparability: "ok",
    });
    const gone = await call(DELETE, `${PATH}/${id}`, { as, method: "DELETE", params: { id } });
    expect(gone.status).toBe(200);
    expect(await list()).toHaveLength(71);
    expect((await call(DELETE, `${PATH}/${id}`, { as, method: "DELETE", params: { id } })).status).toBe(404);
    const published = await call(DELETE, `${PATH}/001-08`, { as, method: "DELETE", params: { id: "001-08" } });
    expect(published.status).toBe(404);
  });

  it.each([
    [{ metric: "nothing" }, "/metric"],
    [{ metric: "prs_merged" }, "/metric"],
    [{ metric: "agent_prs_merged" }, "/metric"],
    [{ says: "  " }, "/says"],
    [{ published: "May" }, "/published"],
    [{ low: "few" }, "/low"],
    [{ low: 5 }, "/high"],
  ])("is refused with %j at %s", async (wrong, pointer) => {
    const answer = await add({ ...GOAL, ...wrong });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer });
  });
});
