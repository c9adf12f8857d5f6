import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { mintScope } from "@/lib/auth/mint-scope";
import type { Scope } from "@/lib/auth/scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { readOperations } from "@/lib/metrics/columns/read-operations";
import { openFacts } from "@/lib/metrics/columns/store";
import { listOperations } from "@/lib/metrics/explorer/operations/operations";
import { operationListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository, setRepositoryOwner } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";
import { rowsOf } from "@/tests/factories/columns";
import { HistoryFactory } from "@/tests/factories/history";
import { deploymentEvents, incidentEvents, shaOf } from "@/tests/factories/operations";
import { courseEvents } from "@/tests/factories/pull-request-course";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { OPERATION_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const METRICS = [
  "deployment_frequency",
  "change_fail_rate",
  "deployment_rework_rate",
  "failed_deployment_recovery_time",
  "incidents_per_quarter",
  "redeploy_cycles",
  "auto_revert_latency",
] as const;
type Name = (typeof METRICS)[number];

/** Up to when the line of `app` is known. */
const END = "2026-03-31T00:00:00Z";
const MARCH = { from: "2026-03-01", to: "2026-03-31" };

async function take(...batches: FleetEvent[][]): Promise<void> {
  for (const batch of batches) {
    await withTransaction((client) => appendEvents(client, [batch]));
    await projectPending();
  }
}

/** An organisation whose repository `app` is known up to the end of March, with some merged pull requests. */
async function newOrg(slug: string, merged: readonly { number: number; mergedAt: string }[] = []): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  await take(courseEvents(id, merged, END));
  return id;
}

async function ask(
  slug: string,
  more: Partial<MetricsQueryInput> = {},
  scope: Scope = SYSTEM_SCOPE,
): Promise<Record<Name, MetricRow[]>> {
  const { filters, ...rest } = more;
  const { results } = await runMetricsQuery(
    scope,
    metricsQuerySchema.parse({ metrics: [...METRICS], ...MARCH, filters: { org: [slug], ...filters }, ...rest }),
  );
  return Object.fromEntries(results.map(({ metric, rows }) => [metric, rows])) as Record<Name, MetricRow[]>;
}

async function askOnce(slug: string, more: Partial<MetricsQueryInput> = {}): Promise<Record<Name, MetricRow>> {
  const answer = await ask(slug, more);
  return Object.fromEntries(METRICS.map((metric) => [metric, answer[metric][0]])) as Record<Name, MetricRow>;
}

const at = (day: number, hour = 12) =>
  `2026-03-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

describe("deployments and incidents in numbers", () => {
  it("are counted by what became of them", async () => {
    const org = await newOrg("counted", [{ number: 1, mergedAt: at(4, 8) }]);
    await take(
      deploymentEvents(org, [
        { at: at(2), version: "a" },
        { at: at(3), version: "b" },
        { at: at(4), version: "c", numbers: [1] },
        { at: at(5), version: "d" },
        { at: at(5, 14), version: "c", kind: "rollback" },
        { at: at(6), version: "e", kind: "hotfix" },
        { at: at(7), version: "f", environment: "staging" },
        { at: at(8), version: "g", status: "failure", environment: "prod-eu" },
      ]),
      incidentEvents(org, [
        { name: "one", openedAt: at(4, 13), resolvedAt: at(4, 18), causedBy: 1 },
        { name: "two", openedAt: at(20), causedBy: 99 },
      ]),
    );
    const answer = await askOnce("counted");
    expect(answer.deployment_frequency).toMatchObject({ k: 6, value: 6 / 30, exposure: 30, method: "garwood" });
    expect(answer.change_fail_rate).toMatchObject({ k: 2, n: 6, value: 2 / 6, method: "wilson" });
    expect(answer.deployment_rework_rate).toMatchObject({ k: 2, n: 7, value: 2 / 7 });
    // The rollback was over after two hours, the incident after six: half of them had ended after two.
    expect(answer.failed_deployment_recovery_time).toMatchObject({ n: 2, value: 2 * 3600, method: "kaplan-meier" });
    expect(answer.incidents_per_quarter).toMatchObject({ k: 2, value: 2, method: "garwood" });
    expect(answer.incidents_per_quarter.hi).toBeCloseTo(7.2247, 3);
    const weeks = await ask("counted", { grain: "week", timeZone: "UTC" });
    expect(weeks.change_fail_rate.map(({ k, n }) => [k, n])).toEqual([
      [0, 0],
      [2, 6],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(weeks.incidents_per_quarter.map(({ value }) => value)).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it("that are too young for their day are not judged, and what is not over lasts", async () => {
    const org = await newOrg("young", [{ number: 1, mergedAt: at(28, 8) }]);
    await take(
      deploymentEvents(org, [
        { at: at(28), version: "a", numbers: [1] },
        { at: at(30, 1), version: "b" },
      ]),
      incidentEvents(org, [{ name: "open", openedAt: at(28, 13), causedBy: 1 }]),
    );
    const { change_fail_rate: rate, failed_deployment_recovery_time: recovery } = await askOnce("young");
    expect(rate).toMatchObject({ k: 1, n: 1, immature: 1 });
    expect(rate.flags).toContain("provisional");
    expect(recovery).toMatchObject({ value: null, n: 1 });
    expect(recovery.reason).toBe("not known yet: fewer than half of 1 failed deployment have come that far");
  });

  it("are not known where nobody tells of them, which is something else than none", async () => {
    const org = await newOrg("silent");
    const silent = await askOnce("silent");
    expect(silent.deployment_frequency).toMatchObject({ value: null, told: { repositories: 0, of: 1 } });
    expect(silent.deployment_frequency.reason).toBe("no deployments are told of for this repository");
    expect(silent.incidents_per_quarter.reason).toBe("no incidents are told of for this repository");

    await take(deploymentEvents(org, [{ at: at(2), version: "a" }]));
    const deployed = await askOnce("silent");
    expect(deployed.deployment_frequency).toMatchObject({ value: 1 / 30 });
    expect(deployed.change_fail_rate).toMatchObject({ value: null, excluded: { unknown_failure: 1 } });
    expect(deployed.change_fail_rate.reason).toBe("neither incidents nor rollbacks are told of for all 1 deployment");
    expect(deployed.incidents_per_quarter.value).toBeNull();

    // One incident says that they are told of: from then on none is none.
    await take(incidentEvents(org, [{ name: "far", openedAt: "2026-01-05T10:00:00Z" }]));
    const watched = await askOnce("silent");
    expect(watched.change_fail_rate).toMatchObject({ k: 0, n: 1, value: 0 });
    expect(watched.incidents_per_quarter).toMatchObject({ value: 0, k: 0 });
    await execute(sql`delete from fact_incident where org_id = ${org}`);
    expect((await askOnce("silent")).change_fail_rate.value).toBeNull();
  });

  it("are of the repositories and teams that own them, and cannot be told apart by author", async () => {
    const org = await newOrg("owned");
    await take(
      deploymentEvents(org, [
        { at: at(2), version: "a" },
        { at: at(3), version: "b" },
        { at: at(20), version: "c" },
      ]),
    );
    const teams = await ensureTeams(org, [
      { slug: "blue", name: "Blue" },
      { slug: "green", name: "Green" },
    ]);
    const repoId = await ensureRepository(org, "app");
    for (const [slug, day] of [
      ["blue", 3],
      ["green", 10],
    ] as const) {
      const validFrom = new Date(at(day, 0));
      await setRepositoryOwner({ orgId: org, repoId, teamId: teams.get(slug) ?? 0, validFrom });
    }
    const byTeam = (await ask("owned", { groupBy: ["team"] })).deployment_frequency;
    expect(Object.fromEntries(byTeam.map(({ group, k }) => [group.team, k]))).toEqual({
      blue: 1,
      green: 1,
      unassigned: 1,
    });
    const green = await ask("owned", { filters: { team: ["green"] } });
    expect(green.deployment_frequency[0]?.k).toBe(1);
    const scope = mintScope({ ...SYSTEM_SCOPE, teams: [teams.get("green") ?? 0] });
    expect((await ask("owned", {}, scope)).deployment_frequency[0]?.k).toBe(1);
    const narrowed = (await askOnce("owned", { filters: { category: ["documentation"] } })).deployment_frequency;
    expect(narrowed).toMatchObject({
      value: null,
      reason: "deployments are not told apart by task: clear that filter",
    });
    await expect(ask("owned", { groupBy: ["agent"] })).rejects.toThrow("cannot be grouped by agent");
  });

  it("say for how many of the repositories they are told", async () => {
    const org = await newOrg("some");
    const other = await ensureRepository(org, "other");
    await execute(
      sql`insert into fact_repository select org_id, ${other}, branch, head_sha, complete_from, complete_to, history,
        line_counts, pull_request_refs, landed, merged, squash, merge_commit, rebase, direct, strong, weak, unmarked,
        unknown_lines, unresolved, future_dated, missing_commits, rule_version from fact_repository where org_id = ${org}`,
    );
    await take(deploymentEvents(org, [{ at: at(2), version: "a" }]));
    expect((await askOnce("some")).deployment_frequency).toMatchObject({ k: 1, told: { repositories: 1, of: 2 } });
    const byRepo = (await ask("some", { groupBy: ["repo"] })).deployment_frequency;
    expect(byRepo.map(({ group, reason, value }) => [group.repo, reason ?? value])).toEqual([["some/app", 1 / 30]]);
  });
});

describe("the table of deployments and incidents", () => {
  const hours = fc.integer({ min: 0, max: 24 * 20 });
  const time = (hour: number) => new Date(Date.parse("2026-03-03T00:00:00Z") + hour * 3_600_000).toISOString();
  const deployments = fc.array(
    fc.record({
      hour: hours,
      version: fc.constantFrom("a", "b", "c"),
      kind: fc.constantFrom("change" as const, "change" as const, "hotfix" as const, "rollback" as const),
      numbers: fc.constantFrom<number[]>([], [1], [2]),
      service: fc.constantFrom("app", "jobs"),
    }),
    { maxLength: 12 },
  );
  const incidents = fc.array(
    fc.record({
      hour: hours,
      lasts: fc.option(fc.integer({ min: 0, max: 30 })),
      causedBy: fc.constantFrom(undefined, 1, 2, 99),
    }),
    { maxLength: 4 },
  );

  it("follows events to what a load would give, in whatever portions they come", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(deployments, incidents, fc.nat(3), async (deployed, broken, cut) => {
        run += 1;
        const merged = [1, 2].map((number) => ({ number, mergedAt: at(2, number) }));
        const org = await newOrg(`random-${run}`, merged);
        const events = [
          ...deploymentEvents(
            org,
            deployed.map(({ hour, ...rest }) => ({ ...rest, at: time(hour) })),
          ),
          ...incidentEvents(
            org,
            broken.map(({ causedBy, hour, lasts }, index) => ({
              name: `${run}-${index}`,
              openedAt: time(hour),
              ...(lasts !== null && { resolvedAt: time(hour + lasts) }),
              ...(causedBy !== undefined && { causedBy }),
            })),
          ),
        ];
        const size = Math.ceil(events.length / (cut + 1));
        for (let from = 0; from < events.length; from += size) {
          await take(events.slice(from, from + size));
          const held = rowsOf((await openFacts(SYSTEM_SCOPE)).operations(org));
          const loaded = await withTransaction((client) => readOperations(client, org, null));
          expect(held).toEqual(rowsOf(loaded.table));
        }
      }),
      { numRuns: 15, seed: 11 },
    );
  });
});

describe("golden cases of deployments", () => {
  const cases = readGoldenCases().filter(({ group }) => OPERATION_GROUPS.has(group) && group === "cfr");
  const inputs = z.object({
    deploys: z.array(z.object({ id: z.string(), kind: z.enum(["change", "rollback", "hotfix"]), failed: z.boolean() })),
  });

  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (id, entry) => {
    const { deploys } = inputs.parse(entry.inputs);
    const slug = id.replaceAll(/[._]/g, "-");
    // More than a day apart: a rollback takes nothing back that the case says held, and a failure has its incident.
    const when = (index: number, hours = 0) =>
      new Date(Date.parse("2025-01-02T12:00:00Z") + (index * 30 + hours) * 3_600_000).toISOString();
    const failed = deploys.flatMap(({ failed }, index) => (failed ? index : []));
    const org = await newOrg(
      slug,
      failed.map((index) => ({ number: index + 1, mergedAt: when(index, -4) })),
    );
    await take(
      deploymentEvents(
        org,
        deploys.map(({ failed, kind }, index) => ({
          at: when(index),
          version: `v${index}`,
          kind,
          numbers: failed ? [index + 1] : [],
        })),
      ),
      incidentEvents(
        org,
        failed.map((index) => ({ name: `${slug}-${index}`, openedAt: when(index, 1), causedBy: index + 1 })),
      ),
    );
    const answer = await askOnce(slug, { from: "2025-01-01", to: "2026-03-31" });
    const rate = ({ k, n, value }: MetricRow) => ({ k, n, rate: value });
    expectGolden(
      {
        change_fail_rate: rate(answer.change_fail_rate),
        deployment_rework_rate: rate(answer.deployment_rework_rate),
      },
      entry,
    );
  });
});

describe("what was deployed to mend an incident", () => {
  const cases = readGoldenCases().filter(({ group }) => group === "redeploy_cycles");

  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (id, entry) => {
    const { cycles } = z.object({ cycles: z.array(z.int().min(1)) }).parse(entry.inputs);
    const slug = id.replaceAll(/[._]/g, "-");
    const org = await newOrg(slug);
    const start = Date.parse("2025-01-02T12:00:00Z");
    // Four days for each incident, which lasts two: nothing that mends one lies within a day of another.
    const when = (index: number, hours: number) => new Date(start + (index * 96 + hours) * 3_600_000).toISOString();
    await take(
      incidentEvents(
        org,
        cycles.map((_, index) => ({ name: `${slug}-${index}`, openedAt: when(index, 0), resolvedAt: when(index, 48) })),
      ),
      deploymentEvents(
        org,
        cycles.flatMap((count, index) =>
          Array.from({ length: count }, (_, attempt) => ({
            at: when(index, attempt + 1),
            version: `v${index}-${attempt}`,
            kind: "hotfix" as const,
          })),
        ),
      ),
    );
    const row = (await askOnce(slug, { from: "2025-01-01", to: "2026-03-31" })).redeploy_cycles;
    const [once, twice, four, seven] = row.shares ?? [];
    expectGolden(
      {
        share_1: once?.value,
        share_2_3: twice?.value,
        share_4_6: four?.value,
        share_7_plus: seven?.value,
        median: row.value,
        wilson95_2_3: [twice?.lo, twice?.hi],
      },
      entry,
    );
  });

  it("counts hotfixes and rollbacks of its service until a day after it was over, and nothing of one that is not", async () => {
    const org = await newOrg("mending");
    await take(
      incidentEvents(org, [
        { name: "over", openedAt: at(2), resolvedAt: at(3) },
        { name: "open", openedAt: at(10) },
        { name: "nothing", openedAt: at(20), resolvedAt: at(21) },
      ]),
      deploymentEvents(org, [
        { at: at(2, 11), version: "a", kind: "hotfix" },
        { at: at(2, 13), version: "b", kind: "hotfix" },
        { at: at(2, 14), version: "c" },
        { at: at(4, 12), version: "a", kind: "rollback" },
        { at: at(4, 13), version: "d", kind: "hotfix" },
        { at: at(3), version: "e", kind: "hotfix", service: "other" },
        { at: at(11), version: "f", kind: "hotfix" },
      ]),
    );
    const { redeploy_cycles: row } = await askOnce("mending");
    expect(row).toMatchObject({ value: 2, n: 1, excluded: { not_redeployed: 2 } });
    expect(row.shares?.map(({ k, label }) => [label, k])).toEqual([
      ["1", 0],
      ["2–3", 1],
      ["4–6", 0],
      ["7 or more", 0],
    ]);
    const weeks = await ask("mending", { grain: "week" });
    expect(weeks.redeploy_cycles.every(({ shares }) => shares === undefined)).toBe(true);
  });

  it("takes deployments of the repository where none names the service", async () => {
    const org = await newOrg("unnamed-service");
    await take(
      incidentEvents(org, [{ name: "unnamed", openedAt: at(2), resolvedAt: at(3) }]),
      deploymentEvents(org, [{ at: at(2, 13), version: "b", kind: "hotfix", service: "web" }]),
    );
    expect((await askOnce("unnamed-service")).redeploy_cycles).toMatchObject({ value: 1, n: 1 });
  });

  it("says how long it took from an incident to the rollback of its cause, whenever that becomes known", async () => {
    const org = await newOrg("alarmed", [
      { number: 1, mergedAt: at(2, 8) },
      { number: 2, mergedAt: at(3, 8) },
    ]);
    await take(
      incidentEvents(org, [
        { name: "alarm", openedAt: at(2, 10), causedBy: 1 },
        { name: "unrelated", openedAt: at(2, 11) },
      ]),
    );
    expect((await askOnce("alarmed")).auto_revert_latency).toMatchObject({
      value: null,
      n: 0,
      reason: "no rollback of what caused it is known for all 2 incidents",
    });
    const line = new HistoryFactory(org, "app");
    line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
    const cause = line.land({ title: "Change 1", number: 1, at: at(2, 8), files: ["src/1.ts"] });
    line.land({ title: "Change 2", number: 2, at: at(3, 8), files: ["src/2.ts"] });
    const body = `This reverts commit ${cause}.`;
    line.undo(cause, { title: 'Revert "Change 1"', number: 3, at: at(3, 10), body });
    await take(line.events("2026-04-01T00:00:00Z"));
    expect((await askOnce("alarmed")).auto_revert_latency).toMatchObject({ value: 24 * 3600, n: 1 });
  });
});

describe("the list of deployments and incidents", () => {
  const list = (query: Record<string, string>, scope: Scope = SYSTEM_SCOPE) =>
    listOperations(scope, operationListSchema.parse({ ...MARCH, ...query }));
  let org: number;

  beforeAll(async () => {
    org = await newOrg("listed", [
      { number: 1, mergedAt: at(4, 8) },
      { number: 2, mergedAt: at(4, 9) },
    ]);
    await take(
      deploymentEvents(org, [
        { at: at(2), version: "a" },
        { at: at(4), version: "b", numbers: [1, 2] },
        { at: at(5), version: "c" },
        { at: at(5, 14), version: "b", kind: "rollback" },
        { at: at(6), version: "d", kind: "hotfix", status: "failure" },
      ]),
      incidentEvents(org, [
        { name: "INC-1", openedAt: at(4, 13), resolvedAt: at(4, 18), causedBy: 1 },
        { name: "INC-2", openedAt: at(20) },
      ]),
    );
  });

  it("holds as many as the figures count, newest first, with what they rest on", async () => {
    const answer = await askOnce("listed");
    const failed = await list({ org: "listed", show: "failed" });
    expect(failed.total).toBe(answer.change_fail_rate.k);
    expect(failed.total).toBe(answer.failed_deployment_recovery_time.n);
    expect(failed.items).toMatchObject([
      { kind: "change", name: shaOf("c"), failure: { incidents: [], rolledBackAt: "2026-03-05T14:00:00.000Z" } },
      {
        name: shaOf("b"),
        failure: { incidents: ["INC-1"], restoredAt: "2026-03-04T18:00:00.000Z", rolledBackAt: null },
        pullRequests: [{ number: 1 }, { number: 2 }],
        pullRequestCount: 2,
      },
    ]);
    const unplanned = await list({ org: "listed", show: "unplanned" });
    expect(unplanned.total).toBe(answer.deployment_rework_rate.k);
    expect(unplanned.items.map(({ kind, succeeded }) => [kind, succeeded])).toEqual([
      ["hotfix", false],
      ["rollback", true],
    ]);
    const incidents = await list({ org: "listed", show: "incidents" });
    expect(incidents.total).toBe(answer.incidents_per_quarter.k);
    expect(incidents.items).toMatchObject([
      { name: "INC-2", resolvedAt: null, pullRequests: [] },
      { name: "INC-1", resolvedAt: "2026-03-04T18:00:00.000Z", pullRequests: [{ number: 1 }] },
    ]);
  });

  it("comes page by page, each once", async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await list({ org: "listed", limit: "2", ...(cursor != null && { cursor }) });
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ at: when }) => when));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([at(6), at(5, 14), at(5), at(4), at(2)].map((when) => new Date(when).toISOString()));
    await expect(list({ cursor: "x" })).rejects.toThrow("cursor");
  });

  it("shows a team what its repositories deployed and no pull request of another team", async () => {
    const teams = await ensureTeams(org, [{ slug: "red", name: "Red" }]);
    const red = teams.get("red") ?? 0;
    const scope = mintScope({ ...SYSTEM_SCOPE, teams: [red] });
    expect(await list({}, scope)).toMatchObject({ items: [], total: 0 });
    const repoId = await ensureRepository(org, "app");
    // The pull requests were merged before, and belong to nobody.
    await setRepositoryOwner({ orgId: org, repoId, teamId: red, validFrom: new Date(at(4, 11)) });
    const own = await list({}, scope);
    expect(own.total).toBe(4);
    expect(own.items.flatMap(({ pullRequests }) => pullRequests)).toEqual([]);
    expect((await list({ show: "incidents" }, scope)).items.map(({ name }) => name)).toEqual(["INC-2", "INC-1"]);
  });
});
