import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { getPool } from "@/lib/db/pool";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { readCommits } from "@/lib/metrics/columns/read-commits";
import { openFacts } from "@/lib/metrics/columns/store";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { rowsOf } from "@/tests/factories/columns";
import { type CourseSpec, courseEvents } from "@/tests/factories/pull-request-course";
import { useTestDatabase } from "@/tests/setup/test-database";
import { percentileOf } from "./metrics-oracle";

useTestDatabase();

const HOUR = 3600;
const START = Date.parse("2026-03-02T00:00:00Z");
const at = (hours: number) => new Date(START + hours * HOUR * 1000).toISOString();

async function take(events: readonly FleetEvent[]): Promise<void> {
  await withTransaction((client) => appendEvents(client, [[...events]]));
  await projectPending();
}

async function ask(slug: string, input: object = {}): Promise<MetricRow[]> {
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({
      metrics: ["change_lead_time"],
      from: at(0),
      to: at(24 * 60),
      filters: { org: [slug] },
      ...input,
    }),
  );
  return results[0]?.rows ?? [];
}

/** What the process holds of an organisation's deployed commits, and what a reading of all of them gives. */
async function heldAndStored(orgId: number) {
  const held = rowsOf((await openFacts(SYSTEM_SCOPE)).commits(orgId));
  const client = await getPool().connect();
  try {
    const sorted = (rows: ReturnType<typeof rowsOf>) =>
      rows.map((row) => ({ ...row })).sort((a, b) => a.number - b.number || a.leadSeconds - b.leadSeconds);
    return { held: sorted(held), stored: sorted(rowsOf((await readCommits(client, orgId)).table)) };
  } finally {
    client.release();
  }
}

describe("change lead time", () => {
  const commitsAt = (...hours: number[]) => hours.map((hour) => ({ at: at(hour) }));
  const specs: CourseSpec[] = [
    { number: 1, mergedAt: at(10), commits: commitsAt(1, 4, 9), deployedAt: at(12) },
    // Written before and committed again later: when it was written counts.
    { number: 2, mergedAt: at(30), commits: [{ at: at(29), written: at(20) }], deployedAt: at(50) },
    // By a person; a merge of the base branch is no commit of its own.
    {
      number: 3,
      mergedAt: at(32),
      commits: [
        { at: at(31), human: true },
        { at: at(31.5), human: true, isMerge: true },
      ],
      deployedAt: at(50),
    },
    { number: 4, mergedAt: at(60), commits: commitsAt(55) },
  ];
  const seconds = (...hours: number[]) =>
    percentileOf(
      hours.map((hour) => hour * HOUR),
      0.5,
    );

  it("is the median over commits, of those that reached production in the period", async () => {
    const { id } = await ensureOrganization({ slug: "acme" });
    await take(courseEvents(id, specs, at(24 * 60)));
    expect(await ask("acme")).toMatchObject([{ value: seconds(11, 8, 3, 30, 19), n: 5, method: "order-statistic" }]);
    const kinds = await ask("acme", { groupBy: ["authorKind"] });
    expect(kinds.flatMap(({ group, n, value }) => (n === 0 ? [] : [[group.authorKind, n, value]]))).toEqual([
      ["agent", 4, seconds(11, 8, 3, 30)],
      ["human", 1, 19 * HOUR],
    ]);
    const days = await ask("acme", { grain: "day", timeZone: "UTC", to: at(24 * 4) });
    expect(days.map(({ n, value }) => [n, value])).toEqual([
      [3, seconds(11, 8, 3)],
      [0, null],
      [2, seconds(30, 19)],
      [0, null],
    ]);
  });

  it("follows commits and deployments that are told of later, and says who tells of none", async () => {
    const { id } = await ensureOrganization({ slug: "later" });
    const events = courseEvents(id, specs, at(24 * 60));
    const isLate = ({ kind }: FleetEvent) => kind === "deployment.finished";
    const isLost = ({ kind, payload }: FleetEvent) =>
      kind === "pull_request.commit" &&
      "number" in payload &&
      payload.number === 1 &&
      "position" in payload &&
      payload.position === 1;
    await take(events.filter((event) => !isLate(event) && !isLost(event)));
    expect(await ask("later")).toMatchObject([
      { value: null, reason: "no deployments are told of for this repository" },
    ]);
    await take(events.filter(isLate));
    expect(await ask("later")).toMatchObject([{ value: seconds(11, 3, 30, 19), n: 4 }]);
    // Neither the first commit nor anything else of how it went changes with it.
    await take(events.filter(isLost));
    expect(await ask("later")).toMatchObject([{ value: seconds(11, 8, 3, 30, 19), n: 5 }]);
    const { held, stored } = await heldAndStored(id);
    expect(held).toHaveLength(5);
    expect(held).toEqual(stored);
    await rebuildFacts();
    expect((await heldAndStored(id)).held).toEqual(held);
    expect((await verifyCourses()).mismatches).toEqual([]);
  });
});
