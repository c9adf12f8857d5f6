import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { verifyDeployed } from "@/lib/facts/deployed/verify-deployed";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import { rollbackListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsResponseSchema } from "@/lib/metrics/response-schemas";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { incidentEvents } from "@/tests/factories/operations";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR = 3600;
const START = Date.parse("2026-03-02T00:00:00Z");
const at = (hours: number) => new Date(START + hours * HOUR * 1000).toISOString();
const END = at(24 * 60);

let organizations = 0;
async function newOrganization(): Promise<{ id: number; slug: string }> {
  organizations += 1;
  const slug = `org-${organizations}`;
  return { id: (await ensureOrganization({ slug })).id, slug };
}

async function take(...batches: FleetEvent[][]): Promise<void> {
  for (const batch of batches) {
    await withTransaction((client) => appendEvents(client, [batch]));
    await projectPending();
  }
}

interface Told {
  hours: number;
  sha: string;
  kind?: "change" | "hotfix" | "rollback";
  numbers?: number[];
  service?: string;
  environment?: string;
  status?: "success" | "failure";
}

function deployments(orgId: number, all: readonly Told[]): FleetEvent[] {
  return all.map(
    ({
      environment = "production",
      hours,
      kind = "change",
      numbers = [],
      service = "app",
      sha,
      status = "success",
    }) => ({
      id: `test:deployment:${service}:${environment}:${hours}`,
      orgId,
      source: "test",
      repo: "app",
      occurredAt: at(hours),
      actor: null,
      subject: "repository:app",
      kind: "deployment.finished",
      payload: { service, environment, sha, status, deploymentKind: kind, numbers },
    }),
  );
}

const told = (orgId: number, hours: number, numbers: number[]): FleetEvent => ({
  id: `test:rollback:${hours}`,
  orgId,
  source: "test",
  repo: "app",
  occurredAt: at(hours),
  actor: null,
  subject: "repository:app",
  kind: "rollback.reported",
  payload: { numbers, how: "flag", reason: "Refunds were sent twice" },
});

/** Agents merge `count` pull requests, an hour apart, after a first commit. */
function line(orgId: number, count: number): { shas: string[]; history: HistoryFactory } {
  const history = new HistoryFactory(orgId, "app");
  const first = history.land({ title: "start", at: at(0) });
  const shas = Array.from({ length: count }, (_, index) =>
    history.land({
      title: `Change ${index + 1}`,
      number: index + 1,
      at: at(index + 1),
      files: [`src/${index + 1}.ts`],
      body: CLAUDE_TRAILER,
    }),
  );
  return { shas: [first, ...shas], history };
}

async function rows(org: string, metric: string): Promise<MetricRow | undefined> {
  const answer = metricsResponseSchema.parse(
    await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({ metrics: [metric], from: at(0), to: END, filters: { org: [org] } }),
    ),
  );
  return answer.results[0]?.rows[0];
}

/** Pull requests that are rolled back by hours since their merge, and those of which it is not clear. */
async function outcome(orgId: number) {
  const found = await query<{ number: number; seconds: number | null; unclear: number | null }>(
    sql`select number, rollback_seconds::integer as seconds, c.unclear_seconds as unclear
      from fact_pull_request left join fact_pull_request_course c using (org_id, repo_id, number)
      where org_id = ${orgId} order by number`,
  );
  return {
    back: Object.fromEntries(
      found.flatMap(({ number, seconds }) => (seconds === null ? [] : [[number, seconds / HOUR]])),
    ),
    unclear: found.flatMap(({ number, unclear }) => (unclear === null ? [] : number)),
  };
}

async function expectSound(): Promise<void> {
  expect(await verifyDeployed()).toEqual([]);
  expect((await verifyFacts()).mismatches).toEqual([]);
  expect((await verifyCourses()).mismatches).toEqual([]);
}

describe("an older version in production", () => {
  it("rolls back the one pull request between, by the order of the line, and says so with its evidence", async () => {
    const { id, slug } = await newOrganization();
    const { history, shas } = line(id, 3);
    const [, one = "", two = "", three = ""] = shas;
    await take(
      history.events(END),
      deployments(id, [
        { hours: 4, sha: one },
        { hours: 5, sha: two },
        { hours: 6, sha: three },
        { hours: 9, sha: two, kind: "rollback" },
      ]),
    );
    expect(await outcome(id)).toEqual({ back: { 3: 6 }, unclear: [] });
    expect(await rows(slug, "rollback_rate_7d")).toMatchObject({ k: 1, n: 3 });
    expect(await rows(slug, "effective_safe_prs")).toMatchObject({ value: 2 });
    const [{ repo_id: repoId } = { repo_id: 0 }] = await query<{ repo_id: number }>(
      sql`select repo_id from fact_pull_request where org_id = ${id} and number = 3`,
    );
    const { rollbacks } = await getPullRequest(SYSTEM_SCOPE, `${repoId}-3`);
    expect(rollbacks).toMatchObject([
      {
        kind: "deployment",
        counts: true,
        hours: 6,
        confidence: "certain",
        revert: {
          number: null,
          sha: two,
          title: `app went back to ${two.slice(0, 7)} in production`,
          at: at(9).replace("Z", ".000Z").replace(".000.000", ".000"),
        },
        evidence: [{ rule: "deployment:only" }],
      },
    ]);
    const list = await listRollbacks(SYSTEM_SCOPE, rollbackListSchema.parse({ org: slug, from: at(0), to: END }));
    expect(list.items.map(({ pullRequest }) => pullRequest?.number)).toEqual([3]);
    await expectSound();
  });

  it("is one although nothing says so; what a newer deployment overtook is none, and neither is what failed or is not live", async () => {
    const { id } = await newOrganization();
    const { history, shas } = line(id, 5);
    const [, one = "", two = "", three = "", four = "", five = ""] = shas;
    await take(
      history.events(END),
      deployments(id, [
        { hours: 6, sha: one },
        // Overtaken by the third, which was over first.
        { hours: 7, sha: three },
        { hours: 7.1, sha: two },
        { hours: 8, sha: four },
        { hours: 9, sha: three, status: "failure" },
        { hours: 9.5, sha: three, environment: "staging" },
        { hours: 10, sha: three },
        { hours: 11, sha: five },
      ]),
    );
    expect(await outcome(id)).toEqual({ back: { 4: 6 }, unclear: [] });
    await expectSound();
  });

  it("goes back before all that was ever deployed where that lies on the line", async () => {
    const { id } = await newOrganization();
    const { history, shas } = line(id, 2);
    await take(
      history.events(END),
      deployments(id, [
        { hours: 3, sha: shas[2] ?? "" },
        { hours: 5, sha: shas[1] ?? "" },
      ]),
    );
    expect(await outcome(id)).toEqual({ back: { 2: 3 }, unclear: [] });
  });

  it("leaves several out, and gives bounds, until something names one: the rollback, an incident or a revert", async () => {
    const { id, slug } = await newOrganization();
    const { history, shas } = line(id, 4);
    const [start = "", , , , four = ""] = shas;
    const back = { hours: 8, sha: start, kind: "rollback" as const };
    await take(history.events(END), deployments(id, [{ hours: 0.5, sha: start }, { hours: 5, sha: four }, back]));
    expect(await outcome(id)).toEqual({ back: {}, unclear: [1, 2, 3, 4] });
    expect(await rows(slug, "rollback_rate_7d")).toMatchObject({
      value: null,
      n: 0,
      excluded: { unclear_rollback: 4 },
      bounds: { none: 0, all: 1 },
    });
    await expectSound();

    await take(incidentEvents(id, [{ name: "INC-1", openedAt: at(7), causedBy: 2 }]));
    expect(await outcome(id)).toEqual({ back: { 2: 6 }, unclear: [] });
    expect(await rows(slug, "rollback_rate_7d")).toMatchObject({ k: 1, n: 4 });
    await expectSound();

    const other = await newOrganization();
    const again = line(other.id, 4);
    await take(
      again.history.events(END),
      deployments(other.id, [
        { hours: 0.5, sha: again.shas[0] ?? "" },
        { hours: 5, sha: again.shas[4] ?? "" },
        { ...back, sha: again.shas[0] ?? "" },
      ]),
    );
    again.history.undo(again.shas[3] ?? "", {
      title: 'Revert "Change 3"',
      number: 5,
      at: at(9),
      body: `This reverts commit ${again.shas[3]}.`,
    });
    await take(again.history.events(at(24 * 61)));
    // The older version went live an hour before the revert was merged: what comes first counts.
    expect(await outcome(other.id)).toEqual({ back: { 3: 5 }, unclear: [] });
    await expectSound();

    const third = await newOrganization();
    const named = line(third.id, 4);
    await take(
      named.history.events(END),
      deployments(third.id, [
        { hours: 0.5, sha: named.shas[0] ?? "" },
        { hours: 5, sha: named.shas[4] ?? "" },
        { ...back, sha: named.shas[0] ?? "", numbers: [1, 4, 99] },
      ]),
    );
    expect(await outcome(third.id)).toEqual({ back: { 1: 7, 4: 4 }, unclear: [] });
    expect((await rows(third.slug, "rollback_rate_7d"))?.bounds).toBeUndefined();
    await expectSound();
  });

  it("gives bounds of what none and all of the unclear would make of a rate", async () => {
    const { id, slug } = await newOrganization();
    const { history, shas } = line(id, 6);
    await take(
      history.events(END),
      deployments(id, [
        { hours: 4, sha: shas[3] ?? "" },
        { hours: 7, sha: shas[5] ?? "" },
        { hours: 9, sha: shas[3] ?? "", kind: "rollback" },
      ]),
      [told(id, 10, [1])],
    );
    expect(await outcome(id)).toEqual({ back: { 1: 9 }, unclear: [4, 5] });
    expect(await rows(slug, "rollback_rate_7d")).toMatchObject({
      k: 1,
      n: 4,
      value: 0.25,
      excluded: { unclear_rollback: 2 },
      bounds: { none: 1 / 6, all: 0.5 },
    });
    expect(await rows(slug, "safe_rate_7d")).toMatchObject({ k: 3, n: 4, bounds: { none: 0.5, all: 5 / 6 } });
    expect(await rows(slug, "effective_safe_prs")).toMatchObject({ value: 3 });
  });

  it("is unclear once, however often a service goes back and forth", async () => {
    const { id } = await newOrganization();
    const { history, shas } = line(id, 3);
    const [old = "", , , now = ""] = shas;
    const flips = Array.from({ length: 12 }, (_, index) => ({ hours: 10 + index, sha: index % 2 === 0 ? old : now }));
    await take(history.events(END), deployments(id, [{ hours: 0.5, sha: old }, { hours: 4, sha: now }, ...flips]));
    expect(await outcome(id)).toEqual({ back: {}, unclear: [1, 2, 3] });
    const rows = await query<{ number: number; at: Date }>(
      sql`select number, taken_back_at as at from fact_taken_back where org_id = ${id} order by number`,
    );
    expect(rows).toEqual([1, 2, 3].map((number) => ({ number, at: new Date(at(10)) })));
    await expectSound();
  });

  it("is followed by each service and environment of its own", async () => {
    const { id } = await newOrganization();
    const { history, shas } = line(id, 3);
    const [, one = "", two = "", three = ""] = shas;
    await take(
      history.events(END),
      deployments(id, [
        { hours: 4, sha: one, environment: "eu-prod" },
        { hours: 4.1, sha: three, environment: "us-prod" },
        // The other one lags behind: nothing goes back.
        { hours: 4.2, sha: two, environment: "eu-prod" },
        { hours: 4.3, sha: one, service: "worker" },
      ]),
    );
    expect(await outcome(id)).toEqual({ back: {}, unclear: [] });
  });
});

describe("a rollback that a program tells of", () => {
  it("counts for those that it names, also before they are merged here, and until somebody denies it", async () => {
    const { id } = await newOrganization();
    const { history } = line(id, 2);
    await take([told(id, 5, [2, 7])], history.events(END));
    expect(await outcome(id)).toEqual({ back: { 2: 3 }, unclear: [] });
    await query(
      sql`insert into pull_request_correction (org_id, repo_id, number, not_rolled_back, why, corrected_by, corrected_at)
        select org_id, repo_id, 2, true, 'It was another one', 'ada', now() from fact_pull_request where org_id = ${id} and number = 2`,
    );
    await query(sql`insert into projection_request (org_id, repo, whole) values (${id}, 'app', true)`);
    await projectPending();
    expect(await outcome(id)).toEqual({ back: {}, unclear: [] });
    await expectSound();
  });

  it("is settled by whoever says of an unclear one whether it was rolled back", async () => {
    const { id } = await newOrganization();
    const { history, shas } = line(id, 3);
    const [start = "", , , last = ""] = shas;
    await take(
      history.events(END),
      deployments(id, [
        { hours: 0.5, sha: start },
        { hours: 4, sha: last },
        { hours: 6, sha: start },
      ]),
    );
    await query(
      sql`insert into pull_request_correction (org_id, repo_id, number, not_rolled_back, rolled_back_at, why, corrected_by, corrected_at)
        select org_id, repo_id, number, number = 1, case when number = 2 then ${at(6)}::timestamptz end, 'I was there', 'ada', now()
        from fact_pull_request where org_id = ${id} and number < 3`,
    );
    await query(sql`insert into projection_request (org_id, repo, whole) values (${id}, 'app', true)`);
    await projectPending();
    expect(await outcome(id)).toEqual({ back: { 2: 4 }, unclear: [3] });
    const rows = await query<{ number: number; kind: string }>(
      sql`select target_number as number, kind from fact_rollback where org_id = ${id} order by target_number`,
    );
    expect(rows).toEqual([
      { number: 2, kind: "revert" },
      { number: 3, kind: "ambiguous" },
    ]);
    await expectSound();
  });
});

describe("all of it", () => {
  it("is the same in whatever order and portions it comes, and when everything is made again", async () => {
    const build = (id: number) => {
      const { history, shas } = line(id, 6);
      history.undo(shas[2] ?? "", {
        title: 'Revert "Change 2"',
        number: 7,
        at: at(12),
        body: `This reverts commit ${shas[2]}.`,
      });
      return [
        ...history.events(END),
        ...deployments(id, [
          { hours: 3.5, sha: shas[1] ?? "" },
          { hours: 4.5, sha: shas[3] ?? "" },
          { hours: 11, sha: shas[1] ?? "" },
          { hours: 13, sha: shas[5] ?? "" },
          { hours: 14, sha: shas[6] ?? "" },
          { hours: 15, sha: shas[5] ?? "", kind: "rollback" },
          { hours: 16, sha: shas[3] ?? "", kind: "rollback" },
        ]),
        told(id, 17, [1]),
        ...incidentEvents(id, [{ name: "INC-1", openedAt: at(13.5), causedBy: 4 }]),
      ];
    };
    const expected = { back: { 1: 16, 2: 9, 4: 12, 6: 9 }, unclear: [] };
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 6 }), async (ranks, portions) => {
        const { id } = await newOrganization();
        const shuffled = build(id)
          .map((event) => ({ event, rank: ranks.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        const size = Math.ceil(shuffled.length / portions);
        for (let start = 0; start < shuffled.length; start += size) await take(shuffled.slice(start, start + size));
        expect(await outcome(id)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
    await expectSound();
    const [{ orgId } = { orgId: 0 }] = await query<{ orgId: number }>(
      sql`update fact_taken_back set kind = 'ambiguous' where number = 4 and org_id = ${organizations} returning org_id as "orgId"`,
    );
    await query(sql`delete from fact_pull_request_deployment where org_id = ${orgId} and number = 3`);
    expect(await verifyDeployed()).toMatchObject([
      { orgId, tables: ["fact_pull_request_deployment", "fact_taken_back"] },
    ]);
    await rebuildFacts();
    await expectSound();
    expect(await outcome(organizations)).toEqual(expected);
  });
});
