import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activityEvents } from "@/bench/company/activity-events";
import { foundCompany } from "@/bench/company/company";
import { costEvents } from "@/bench/company/cost-events";
import { lineEvents } from "@/bench/company/line-events";
import { resolveSize } from "@/bench/company/size";
import { planWork } from "@/bench/company/work";
import { growthReport, growthRow } from "@/bench/growth/run-growth";
import { makeDeliveries } from "@/bench/ingest/deliveries";
import { bombard } from "@/bench/ingest/load-generator";
import { startBareServer } from "@/bench/ingest/start-bare-server";
import { httpPeer, sqlPeer } from "@/bench/queries/peers";
import { runQueries } from "@/bench/queries/run-queries";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type FleetEvent, fleetEventSchema } from "@/lib/events/schema";
import { listMetrics } from "@/lib/metrics/registry";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const SCRIPT = path.resolve("scripts/bench.mjs");
const CHOSEN = { size: "1000", teams: 4, repositories: 4, people: 40, costs: 2_000 } as const;
const size = resolveSize(CHOSEN);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fleetgauge-bench-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

async function bench(...args: string[]): Promise<Outcome> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [SCRIPT, ...args], { cwd: folder })) };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

function* companyEvents(): Generator<FleetEvent> {
  const company = foundCompany(size);
  for (const repository of company.repositories) {
    const work = planWork(company, repository);
    yield* lineEvents(company, repository, work, 1);
    yield* activityEvents(company, repository, work, 1);
  }
  yield* costEvents(company, 1);
}

function digest(): string {
  const hash = createHash("sha256");
  for (const event of companyEvents()) hash.update(JSON.stringify(event));
  return hash.digest("hex");
}

describe("the invented company", () => {
  it("comes out as it was sized, the same each time, in the vocabulary of the log", () => {
    const kinds = new Map<string, number>();
    const ids = new Set<string>();
    for (const event of companyEvents()) {
      kinds.set(event.kind, (kinds.get(event.kind) ?? 0) + 1);
      ids.add(event.id);
      fleetEventSchema.parse(event);
    }
    expect(ids.size).toBe([...kinds.values()].reduce((sum, count) => sum + count, 0));
    expect(Object.fromEntries(kinds)).toMatchObject({
      "pull_request.merged": size.pullRequests - size.closed,
      "pull_request.closed": size.closed,
      "review.submitted": size.reviews,
      "ci_run.finished": size.ciRuns,
      "deployment.finished": size.deployments,
      "incident.opened": size.incidents,
      "defect.opened": size.defects,
      "cost.incurred": size.costs,
      "repository.observed": size.repositories,
    });
    expect(digest()).toBe(digest());
  });
});

interface WrittenTable {
  title: string;
  rows: Record<string, string | number | null>[];
}
interface Written {
  reports: { command: string; tables: WrittenTable[] }[];
}

describe("npm run bench", () => {
  it("measures everything on a small company, and the company holds what was planned", {
    timeout: 240_000,
  }, async () => {
    const chosen = Object.entries(CHOSEN).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const small = ["--cases", "40", "--rounds", "1", "--events", "2200", "--no-webhooks"];
    const outcome = await bench(...chosen, ...small, "--database-url", database.url, "--json", "report.json");
    expect(outcome).toMatchObject({ code: 0 });
    const { reports }: Written = JSON.parse(readFileSync(path.join(folder, "report.json"), "utf8"));
    expect(reports.map(({ command }) => command)).toEqual(["load", "queries", "explorer", "maintenance", "ingest"]);
    for (const { command, tables } of reports) {
      expect(outcome.stdout).toContain(`# ${command}`);
      for (const { rows, title } of tables) expect(rows, title).not.toEqual([]);
    }
    const table = (title: string) => reports.flatMap(({ tables }) => tables).find((one) => one.title === title)?.rows;

    const asked = table("Questions by metric")?.map(({ metric }) => metric);
    expect(asked).toEqual(expect.arrayContaining(listMetrics().map(({ id }) => id)));
    expect(table("One late revert")).toContainEqual({ table: "fact_pull_request", "rows written": 2 });
    const rebuilds = table("Rebuild of everything");
    expect(rebuilds?.map((row) => row["different answers"])).toEqual([null, 0, null, null, null]);

    const [facts] = await query(
      sql`select (select count(*) from fact_pull_request) as merged,
        (select count(*) from fact_closed_pull_request) as closed,
        (select count(*) from fact_rollback where counts) as rolled_back,
        (select count(*) from fact_review) as reviews,
        (select count(*) from fact_ci_run) as ci_runs,
        (select count(*) from fact_deployment) as deployments,
        (select count(*) from fact_incident) as incidents,
        (select count(*) from fact_defect) as defects,
        (select count(*) from fact_cost) as costs`,
    );
    expect(facts).toEqual({
      merged: size.pullRequests - size.closed,
      closed: size.closed,
      rolled_back: size.reverts,
      reviews: size.reviews,
      ci_runs: size.ciRuns,
      deployments: size.deployments,
      incidents: size.incidents,
      defects: size.defects,
      costs: size.costs,
    });
  });

  it("has one line of the growth table per company", { timeout: 120_000 }, async () => {
    const steps = [
      { name: "append to the log", events: 4000, seconds: 1 },
      { name: "project pull requests", events: 4000, seconds: 1 },
    ];
    const loaded = { url: database.url, loaded: { loadedAt: "now", steps }, remember: () => undefined };
    const row = await growthRow(loaded, size, () => undefined);
    const [table] = growthReport([row]).tables;
    expect(table?.columns).toHaveLength(row.length);
    expect(row.slice(0, 3)).toEqual([1000, 880, 880]);
  });

  it("asks peers the same questions", { timeout: 120_000 }, async () => {
    const page = createServer((_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    const address = page.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    writeFileSync(path.join(folder, "statements.json"), JSON.stringify({ overview: "select 1" }));
    writeFileSync(
      path.join(folder, "requests.json"),
      JSON.stringify({ elsewhere: { url: `http://127.0.0.1:${port}/` } }),
    );
    const bySql = sqlPeer(folder, "statements.json", database.url);
    try {
      const peers = [
        { name: "sql", peer: bySql },
        { name: "http", peer: httpPeer(folder, "requests.json") },
      ];
      const { tables } = await runQueries({ seed: 1, cases: 0, rounds: 1, peers });
      const rows = tables.find(({ title }) => title === "Peers")?.rows.toSorted();
      expect(rows).toMatchObject([
        ["elsewhere", "http", expect.any(Number), expect.any(Number), expect.any(Number), null],
        ["overview", "sql", expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
      ]);
      expect(() => httpPeer(folder, "statements.json")).toThrow("statements.json cannot be used");
    } finally {
      await bySql.close();
      page.close();
    }
  });

  it("says what is wrong with a size", async () => {
    const outcome = await bench("load", "--size", "many");
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining('"many" is not a size') });
  });
});

describe("the bare server of the ingestion benchmark", () => {
  it("stores what it acknowledges and refuses what is not signed", { timeout: 60_000 }, async () => {
    const server = await startBareServer(path.resolve(), database.url, "the secret");
    try {
      const { deliveries, failed } = await bombard(server.url, makeDeliveries(1, "the secret"), 0.3);
      const [row] = await query<{ stored: number }>(sql`select count(*) as stored from bench_bare_inbox`);
      expect(failed).toBe(0);
      expect(row?.stored).toBe(deliveries);
      const refused = await bombard(server.url, makeDeliveries(1, "another secret"), 0.1);
      expect(refused.failed).toBe(refused.deliveries);
    } finally {
      await server.stop();
    }
  });
});
