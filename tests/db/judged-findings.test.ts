import { expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { type FleetEvent, repositorySubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyActivity } from "@/lib/facts/activity/verify-activity";
import { projectPending } from "@/lib/facts/project";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const judged = (orgId: number, number: number, at: string, isFalse: boolean): FleetEvent => ({
  id: `test:alert:${number}:${at}`,
  orgId,
  source: "test",
  repo: "app",
  actor: null,
  kind: "finding.judged",
  subject: repositorySubject("app"),
  occurredAt: at,
  payload: { finding: `github:code-scanning:app#${number}`, tool: "GitHub code scanning", isFalse },
});

it("what somebody said of findings counts among judged suggestions, the last word of each, in any order", async () => {
  for (const [slug, turn] of [
    ["acme", (events: FleetEvent[]) => events],
    ["backwards", (events: FleetEvent[]) => events.toReversed()],
  ] as const) {
    const orgId = (await ensureOrganization({ slug })).id;
    const line = new HistoryFactory(orgId, "app");
    line.land({ title: "start", at: "2026-01-01T00:00:00Z" });
    const events = turn([
      ...line.events("2026-03-20T00:00:00Z"),
      judged(orgId, 1, "2026-02-03T09:00:00Z", true),
      judged(orgId, 2, "2026-02-03T10:00:00Z", false),
      judged(orgId, 3, "2026-02-04T09:00:00Z", true),
      // It was opened again, and mended.
      judged(orgId, 3, "2026-02-09T09:00:00Z", false),
    ]);
    for (const event of events) {
      await withTransaction((client) => appendEvents(client, [[event]]));
      await projectPending();
    }
    const { results } = await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({
        metrics: ["false_positive_rate"],
        from: "2026-02-01",
        to: "2026-03-01",
        filters: { org: [slug] },
      }),
    );
    expect(results[0]?.rows[0], slug).toMatchObject({ k: 1, n: 3 });
  }
  expect(await verifyActivity()).toMatchObject({ mismatches: [] });
  const [rows] = await query<{ count: number }>(sql`select count(*)::integer as count from fact_judged_finding`);
  expect(rows?.count).toBe(6);
});
