import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import type { Scope } from "@/lib/auth/scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { type FleetEvent, pullRequestSubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository, setRepositoryOwner } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";
import { type CourseSpec, courseEvents } from "@/tests/factories/pull-request-course";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const END = "2026-03-31T00:00:00Z";
const on = (day: number, hour = 12) =>
  `2026-03-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;
const append = (events: FleetEvent[]) => withTransaction((client) => appendEvents(client, [events]));

async function take(slug: string, specs: readonly CourseSpec[]): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  await append(courseEvents(id, specs, END));
  await projectPending();
  return id;
}

async function ask(
  slug: string,
  more: Partial<MetricsQueryInput> = {},
  scope: Scope = SYSTEM_SCOPE,
): Promise<MetricRow[]> {
  const input = { metrics: ["open_pr_age"], from: "2026-03-01", to: "2026-04-01", filters: { org: [slug] }, ...more };
  return (await runMetricsQuery(scope, metricsQuerySchema.parse(input))).results[0]?.rows ?? [];
}

const DAY = 86_400;

describe("what is open", () => {
  it("is as old as it has been ready when the data end; drafts, merged and closed ones are not in it", async () => {
    await take("acme", [
      { number: 1, opened: { at: on(30, 0) } },
      { number: 2, opened: { at: on(10), draft: true }, ready: on(28, 0) },
      { number: 3, opened: { at: on(1, 0) } },
      { number: 4, opened: { at: on(2), draft: true } },
      { number: 5, opened: { at: on(3) }, mergedAt: on(4) },
      { number: 6, opened: { at: on(5) }, closedAt: on(6) },
    ]);
    const [row] = await ask("acme");
    expect(row).toMatchObject({ value: 3 * DAY, n: 3, k: 1, method: "none" });
    expect(row?.flags).toContain("few");
    expect(row?.spread).toBeUndefined();
    expect(row?.reason).toBeUndefined();
  });

  it("is known of the end of the data alone, and where a source tells of it", async () => {
    expect((await ask("acme", { from: "2026-03-01", to: "2026-03-20" }))[0]).toMatchObject({
      value: null,
      reason: "what is open is known of the end of the data alone",
    });
    const weeks = await ask("acme", { grain: "week", timeZone: "UTC" });
    expect(weeks.map(({ value }) => value)).toEqual([null, null, null, null, null, 3 * DAY]);
    await take("clone", [{ number: 5, opened: null, mergedAt: on(4) }]);
    expect((await ask("clone"))[0]).toMatchObject({
      value: null,
      reason: "no source tells when pull requests are opened",
    });
    await take("idle", [{ number: 5, opened: { at: on(3) }, mergedAt: on(4) }]);
    expect((await ask("idle"))[0]).toMatchObject({ value: null, n: 0, k: 0, reason: "nothing is open" });
    expect((await ask("acme", { filters: { org: ["acme"], authorKind: ["agent"] } }))[0]).toMatchObject({
      value: null,
      reason: "open pull requests are not told apart by who wrote them: clear that filter",
    });
  });

  it("belongs to whoever owns the repository, and is seen by whoever sees that team", async () => {
    const { id } = await ensureOrganization({ slug: "acme" });
    const teams = await ensureTeams(id, [{ name: "Payments", slug: "payments" }]);
    const teamId = teams.get("payments") ?? 0;
    const repoId = await ensureRepository(id, "app");
    await setRepositoryOwner({ orgId: id, repoId, teamId, validFrom: new Date("2020-01-01") });
    await rebuildFacts();
    const rows = await ask("acme", { groupBy: ["team"] });
    expect(rows.map(({ group, n }) => [group.team, n])).toEqual([["payments", 3]]);
    const own = mintScope({ organizations: "all", teams: [teamId], personFields: false, moneyFields: false });
    expect((await ask("acme", {}, own))[0]).toMatchObject({ n: 3 });
  });

  it("closes with the merge and opens again with a reopening", async () => {
    const { id } = await ensureOrganization({ slug: "acme" });
    const about = (number: number, kind: "pull_request.closed" | "pull_request.reopened", at: string): FleetEvent =>
      ({
        id: `test:${number}:${kind}:${at}`,
        orgId: id,
        source: "test",
        repo: "app",
        occurredAt: at,
        actor: null,
        subject: pullRequestSubject("app", number),
        kind,
        payload: kind === "pull_request.closed" ? { number, title: "Change", author: null } : { number },
      }) as FleetEvent;
    await append([about(3, "pull_request.closed", on(20))]);
    await projectPending();
    expect((await ask("acme"))[0]).toMatchObject({ n: 2, k: 0 });
    await append([about(3, "pull_request.reopened", on(21))]);
    await projectPending();
    expect((await ask("acme"))[0]).toMatchObject({ n: 3, k: 1 });
    await rebuildFacts();
    expect((await ask("acme"))[0]).toMatchObject({ n: 3, k: 1 });
  });

  it("is the same in whatever portions and order things become known", async () => {
    const spec = fc.record({
      opened: fc.integer({ min: 1, max: 20 }),
      draft: fc.boolean(),
      ready: fc.boolean(),
      end: fc.constantFrom("open", "open", "merged", "closed"),
    });
    let organizations = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(spec, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(2)),
        async (list, draws) => {
          organizations += 1;
          const { id } = await ensureOrganization({ slug: `org-${organizations}` });
          const specs = list.map(
            ({ draft, end, opened, ready }, index): CourseSpec => ({
              number: index + 1,
              opened: { at: on(opened), draft },
              ...(ready && { ready: on(opened, 18) }),
              ...(end === "merged" && { mergedAt: on(opened + 1) }),
              ...(end === "closed" && { closedAt: on(opened + 1) }),
            }),
          );
          const portions: FleetEvent[][] = [[], [], []];
          for (const event of courseEvents(id, specs, END)) portions[draws.next().value ?? 0]?.push(event);
          for (const portion of portions) {
            await append(portion);
            await projectPending();
          }
          const open = await query<{ number: number }>(
            sql`select number from open_pull_request where org_id = ${id} order by number`,
          );
          const expected = list.flatMap(({ draft, end, ready }, index) =>
            end === "open" && (!draft || ready) ? index + 1 : [],
          );
          expect(open.map(({ number }) => number)).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });
});
