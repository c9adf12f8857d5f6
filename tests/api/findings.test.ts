import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/findings/route";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { migrateJobs } from "@/lib/jobs/worker";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { courseEvents } from "@/tests/factories/pull-request-course";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

const database = useTestDatabase();

beforeAll(async () => {
  await migrateJobs(database.url);
  const { id } = await ensureOrganization({ slug: "acme" });
  const specs = [1, 2].map((number) => ({
    number,
    mergedAt: `2026-02-0${number}T12:00:00Z`,
    opened: null,
    lines: 500,
  }));
  await withTransaction((client) => appendEvents(client, [courseEvents(id, specs, "2026-03-31T00:00:00Z")]));
  await projectPending();
});

const report = (body: object) =>
  call(POST, "/api/v1/findings", { body: { repository: "acme/app", number: 1, at: "2026-02-01T10:00:00Z", ...body } });

const run = (name: string, results: object[] | null | undefined) => ({
  tool: { driver: { name, version: "2.1", rules: [] } },
  ...(results !== undefined && { results }),
});
const result = (more: object = {}) => ({ ruleId: "js/xss", message: { text: "Unsafe" }, level: "error", ...more });
const sarif = (...runs: object[]) =>
  JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs });

async function density() {
  await projectPending();
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({ metrics: ["sast_findings_density"], from: "2026-01-01", to: "2026-04-01" }),
  );
  return results[0]?.rows[0];
}

describe("what scanners find", () => {
  it("is counted from a SARIF log, without what was accepted, passed, or there before", async () => {
    const log = sarif(
      run("CodeQL", [
        result(),
        result({ level: undefined }),
        result({ level: "none" }),
        result({ kind: "pass" }),
        result({ baselineState: "unchanged" }),
        result({ baselineState: "new" }),
        result({ suppressions: [{ kind: "inSource" }] }),
        result({ suppressions: [{ kind: "external", status: "underReview" }] }),
      ]),
      run("CodeQL", [result()]),
      run("Semgrep", []),
      run("broken", null),
    );
    const tools = [
      { tool: "CodeQL", findings: 5 },
      { tool: "Semgrep", findings: 0 },
    ];
    expect(await (await report({ sarif: `\uFEFF${log}` })).json()).toEqual({ tools });
    // Twice is once.
    expect((await report({ sarif: log })).status).toBe(200);
    const [events] = await query<{ count: number }>(
      sql`select count(*)::integer as count from event where kind = 'findings.reported'`,
    );
    expect(events?.count).toBe(2);
    expect(await density()).toMatchObject({ k: 5, exposure: 0.5, value: 10, n: 1, excluded: { not_scanned: 1 } });
  });

  it("may be a tool and a number, of which none is a number too", async () => {
    const answer = await report({ number: 2, tool: "gosec", findings: 0 });
    expect(await answer.json()).toEqual({ tools: [{ tool: "gosec", findings: 0 }] });
    expect(await density()).toMatchObject({ k: 5, exposure: 1, value: 5, n: 2 });
  });

  it.each([
    [{}, "/sarif", "send a report"],
    [{ sarif: "" }, "/sarif", "must not be empty"],
    [{ sarif: "<xml/>" }, "/sarif", "no JSON"],
    [{ sarif: "{}" }, "/sarif", "no SARIF log: see runs"],
    [{ sarif: sarif() }, "/sarif", "no SARIF log: see runs"],
    [{ sarif: sarif({ tool: {} }) }, "/sarif", "see runs/0/tool/driver"],
    [{ sarif: sarif(run("CodeQL", undefined)) }, "/sarif", "no results, not even none"],
    [{ sarif: sarif(run("CodeQL", [])), findings: 1 }, "/findings", "leave it out"],
    [{ sarif: sarif(run("CodeQL", [])), tool: "a" }, "/tool", "leave it out"],
    [{ tool: "gosec" }, "/findings", "0 says that nothing was found"],
    [{ tool: "gosec", findings: -1 }, "/findings", ""],
    [{ tool: " ", findings: 1 }, "/tool", "must not be empty"],
    [{ tool: "gosec", findings: 1, at: "yesterday" }, "/at", ""],
    [{ tool: "gosec", findings: 1, number: 0 }, "/number", ""],
  ])("is refused with %j", async (body, pointer, detail) => {
    const answer = await report(body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer, detail: expect.stringContaining(detail) });
  });

  it("is of a repository that is there", async () => {
    const nowhere = await report({ repository: "acme/nothing", tool: "gosec", findings: 1 });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({ pointer: "/repository" });
  });
});
