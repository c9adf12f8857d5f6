import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { runFirstEvents } from "@/lib/metrics/first-events";
import { pullRequestListSchema } from "@/lib/metrics/list-schema";
import { firstEventsSchema } from "@/lib/metrics/response-schemas";
import { type FirstEventsQuery, firstEventsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { type DeploymentSpec, deploymentEvents, incidentEvents } from "@/tests/factories/operations";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR = 3600;
const START = Date.parse("2026-03-02T00:00:00Z");
const at = (hours: number) => new Date(START + hours * HOUR * 1000).toISOString();
const END = at(24 * 60);

/** Agents merge 1 to 7, an hour apart; 7 is reverted three hours later. */
function merged(orgId: number): FleetEvent[] {
  const line = new HistoryFactory(orgId, "app");
  line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
  const shas = [1, 2, 3, 4, 5, 6, 7].map((number) =>
    line.land({ title: `Change ${number}`, number, at: at(number), files: [`src/${number}.ts`], body: CLAUDE_TRAILER }),
  );
  const last = shas[6] ?? "";
  line.undo(last, { title: 'Revert "Change 7"', number: 8, at: at(10), body: `This reverts commit ${last}.` });
  return line.events(END);
}

const deployed = (hours: number, version: string, more: Partial<DeploymentSpec> = {}) => ({
  at: at(hours),
  version,
  ...more,
});

async function take(...batches: FleetEvent[][]): Promise<void> {
  for (const batch of batches) {
    await withTransaction((client) => appendEvents(client, [batch]));
    await projectPending();
  }
}

const ask = async (slug: string, more: Partial<FirstEventsQuery> = {}) =>
  firstEventsSchema.parse(
    await runFirstEvents(
      SYSTEM_SCOPE,
      firstEventsQuerySchema.parse({ from: at(0), to: END, filters: { org: [slug] }, ...more }),
    ),
  );

/** One alone is taken back by an older version, two together; one of them an incident names, and a hotfix mends another. */
const operationsOf = (orgId: number): FleetEvent[] => [
  ...deploymentEvents(orgId, [
    deployed(8.1, "v0"),
    deployed(8.2, "v1", { numbers: [1] }),
    deployed(9, "v0", { kind: "rollback" }),
    deployed(11, "v2", { numbers: [2, 3] }),
    deployed(12, "v0", { kind: "rollback" }),
    deployed(20, "v3", { numbers: [4, 5] }),
    deployed(22, "v0", { kind: "rollback" }),
    deployed(60, "v4", { numbers: [6] }),
    deployed(63, "v5", { kind: "hotfix", numbers: [] }),
  ]),
  ...incidentEvents(orgId, [
    { name: "INC-1", openedAt: at(21), resolvedAt: at(23), causedBy: 4 },
    { name: "INC-2", openedAt: at(61), resolvedAt: at(64), causedBy: 6 },
  ]),
];

describe("what goes wrong first", () => {
  it("is told layer by layer, each of which may be left out", async () => {
    const { id } = await ensureOrganization({ slug: "acme" });
    await take(merged(id), operationsOf(id));
    const all = await ask("acme");
    expect(all.layers).toEqual([
      { layer: "revert", k: 1 },
      { layer: "redeploy", k: 2 },
      { layer: "hotfix", k: 1 },
      { layer: "incident", k: 2 },
    ]);
    // 1, 4, 6 and 7; of 2 and 3 nothing says which was meant, and 5 only came with what an incident names.
    expect(all).toMatchObject({ any: { k: 4, n: 5, value: 0.8 }, unclear: 2, immature: 0, deployed: 6 });
    expect(all.any.bounds).toEqual({ none: 4 / 7, all: 6 / 7 });
    const shareAt = (hours: number) =>
      Object.fromEntries(
        all.first.map(({ layer, points }) => [layer, points.find((point) => point.hours === hours)?.share]),
      );
    // 7 after three hours, 1 after eight, 4 after seventeen by its incident before the rollback, 6 by its own after 55.
    expect(shareAt(6)).toMatchObject({ revert: expect.closeTo(1 / 7, 12), redeploy: 0, incident: 0, hotfix: 0 });
    expect(shareAt(24)).toMatchObject({ redeploy: expect.closeTo(1 / 7, 12), incident: expect.closeTo(1 / 7, 12) });
    expect(shareAt(168)).toMatchObject({ incident: expect.closeTo(2 / 7, 12), hotfix: 0 });

    const reverts = await ask("acme", { layers: ["revert"] });
    expect(reverts).toMatchObject({ any: { k: 1, n: 7, bounds: null }, unclear: 0 });
    expect(reverts.first.map(({ layer }) => layer)).toEqual(["revert"]);
    const mended = await ask("acme", { layers: ["hotfix"] });
    expect(mended).toMatchObject({ any: { k: 1, n: 7 } });
    expect(mended.first[0]?.points.at(-1)?.share).toBeCloseTo(1 / 7, 12);
  });

  it("is the same in whatever order it is told, and when all is made again", async () => {
    const { id } = await ensureOrganization({ slug: "backwards" });
    const operations = operationsOf(id);
    await take(operations.slice(6), merged(id), operations.slice(0, 6));
    const { asOf, ...told } = await ask("acme");
    const { asOf: _, ...backwards } = await ask("backwards");
    expect(backwards).toEqual(told);
    await rebuildFacts();
    expect((await ask("backwards")).asOf).toBe(asOf);
    expect(await ask("backwards")).toMatchObject(told);
    expect((await verifyCourses()).mismatches).toEqual([]);
    const rows = await query<{ number: number; unclear: number | null }>(
      sql`select number, redeploy_unclear as unclear from fact_pull_request_course
        where org_id = ${id} and redeployed_seconds is not null order by number`,
    );
    expect(rows.map(({ number, unclear }) => [number, unclear])).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 0],
    ]);
  });

  it("leads to the pull requests of a sign, as the first of some, and within so many hours", async () => {
    const listed = async (more: Record<string, string>) => {
      const list = pullRequestListSchema.parse({ org: "acme", from: at(0), to: END, sort: "mergedAt", ...more });
      return (await listPullRequests(SYSTEM_SCOPE, list)).items.map(({ number }) => number);
    };
    const among = "revert,redeploy,hotfix,incident";
    expect(await listed({ sign: "incident" })).toEqual([4, 6]);
    expect(await listed({ sign: "redeploy" })).toEqual([1, 4]);
    // What an incident names before an older version is deployed is first of all a matter of that incident.
    expect(await listed({ sign: "redeploy", among })).toEqual([1]);
    expect(await listed({ sign: "hotfix" })).toEqual([6]);
    expect(await listed({ sign: "hotfix", among })).toEqual([]);
    expect(await listed({ sign: "incident", within: "24" })).toEqual([4]);
    expect(await listed({ within: "3" })).toEqual([7]);
    expect(await listed({ within: "2.9" })).toEqual([]);
    for (const wrong of [{ within: "0" }, { sign: "weather" }, { among: "weather" }])
      expect(pullRequestListSchema.safeParse(wrong).success).toBe(false);
  });

  it("asks for a layer at least, each once", () => {
    const parse = (layers: string[]) => firstEventsQuerySchema.safeParse({ from: at(0), to: END, layers }).success;
    expect([parse([]), parse(["revert", "revert"]), parse(["weather"]), parse(["revert"])]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});
