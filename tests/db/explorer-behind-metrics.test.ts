import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { pullRequestListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { listPullRequestMetrics } from "@/lib/metrics/registry";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { insertAgents, insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const DAY = 86_400;
const period = { from: "2026-01-01", to: "2026-05-01" };

const [pulls = []] = fc.sample(
  fc.array(
    fc.record({
      day: fc.nat(110),
      kind: fc.constantFrom("agent" as const, "assisted" as const, "human" as const),
      exclusion: fc.constantFrom("none" as const, "none" as const, "revert" as const),
      effectiveLines: fc.constantFrom(null, 10, 2000, 20_000),
      rollbackSeconds: fc.constantFrom(null, null, 3600, 3 * DAY),
      course: fc.record({
        coding_seconds: fc.constantFrom(null, 60),
        pickup_seconds: fc.constantFrom(null, 60),
        review_seconds: fc.constantFrom(null, 60),
        merge_seconds: fc.constantFrom(null, 60),
        cycle_seconds: fc.constantFrom(null, 240),
        deploy_seconds: fc.constantFrom(null, 60),
        deploy_watched: fc.constantFrom(null, 0),
        human_reviews: fc.constantFrom(null, 0, 2),
        review_rounds: fc.constantFrom(null, 0, 2),
        reworked: fc.constantFrom(null, 0, 1),
        auto_merged: fc.constantFrom(null, 0, 1),
        intervened: fc.constantFrom(null, 0, 1),
        unclear_seconds: fc.constantFrom(null, null, 60, 8 * DAY),
        undone_seconds: fc.constantFrom(null, DAY, 30 * DAY),
        defects_30d: fc.constantFrom(null, 0, 1),
        defects_90d: fc.constantFrom(null, 0, 1),
        security_90d: fc.constantFrom(null, 0, 1),
        effort_seconds: fc.constantFrom(null, 0, 300),
        debugged_30d: fc.constantFrom(null, 0, 0, 1),
        failure_cause: fc.constantFrom(null, null, 0, 1, 5),
        fix_watched: fc.constantFrom(null, 0),
        features: fc.constantFrom(null, 1),
        commits: fc.constantFrom(null, 1),
        coverage_delta: fc.constantFrom(null, 99_000, 100_000, 100_025),
        patch_covered: fc.constantFrom(null, 0, 3, 40),
        patch_coverable: fc.constantFrom(null, 40, 55),
        all_defects_30d: fc.constantFrom(null, 0, 1),
        all_defects_90d: fc.constantFrom(null, 0, 2),
        churn_lines: fc.constantFrom(null, 60, 200),
        churned_14d: fc.constantFrom(null, 0, 7),
        churned_21d: fc.constantFrom(null, 0, 12),
        findings: fc.constantFrom(null, 0, 3),
        caught: fc.constantFrom(null, 0, 2),
        caught_or_found: fc.constantFrom(null, 2, 7),
        violations: fc.constantFrom(null, 0, 4, 12),
      }),
    }),
    { minLength: 200, maxLength: 200 },
  ),
  { numRuns: 1, seed: 61 },
);

beforeAll(async () => {
  await insertAgents([{ code: 0, key: "claude_code" }]);
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "web", { completeTo: "2026-04-28T00:00:00Z" });
  await insertFacts(
    org,
    repo,
    pulls.map(({ day, ...rest }, index) => ({
      ...rest,
      number: index + 1,
      mergedAt: new Date(Date.UTC(2026, 0, 2 + day, 8, 0, index)).toISOString(),
      agentMask: rest.kind === "human" ? 0n : 1n,
    })),
  );
});

const total = async (input: Record<string, string>) => {
  const query = pullRequestListSchema.parse({ ...period, limit: "1", ...input });
  return (await listPullRequests(SYSTEM_SCOPE, query)).total;
};

describe("the list behind a number", () => {
  // A share of the mix has a row for each task, and a share of all the whole as its n; a factor has no filter by kind.
  const metrics = listPullRequestMetrics().filter(
    // What is caught is defects, and the list is of pull requests.
    ({ id, unit }) =>
      id !== "task_mix" && id !== "failure_root_cause" && id !== "pre_merge_catch_rate" && unit !== "times",
  );

  it.each(metrics.map(({ id }) => [id]))("%s: as many as it counts, and as many as it is about", async (metric) => {
    for (const authorKind of [undefined, "human", "agent"] as const) {
      const filters = authorKind === undefined ? {} : { authorKind: [authorKind] };
      const { results } = await runMetricsQuery(
        SYSTEM_SCOPE,
        metricsQuerySchema.parse({ metrics: [metric], ...period, filters }),
      );
      const row = results[0]?.rows[0];
      const chosen: Record<string, string> = authorKind === undefined ? {} : { authorKind };
      const shares = metric.startsWith("ai_share") && authorKind !== undefined;
      if (!shares) expect(await total({ metric, ...chosen }), metric).toBe(row?.n);
      const isShare = row !== undefined && row.k !== null && row.exposure === null && !metric.startsWith("ai_share");
      if (!isShare) continue;
      expect(await total({ metric, part: "counted", ...chosen }), metric).toBe(row.k);
      expect(await total({ metric, part: "rest", ...chosen }), metric).toBe((row.n ?? 0) - (row.k ?? 0));
    }
  });

  it("failure_root_cause: as many as have each cause, and those of which nobody has said why", async () => {
    const { results } = await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({ metrics: ["failure_root_cause"], ...period }),
    );
    const rows = results[0]?.rows ?? [];
    expect(rows).toHaveLength(FAILURE_CAUSES.length);
    const metric = "failure_root_cause";
    for (const { group, k, n } of rows) {
      expect(await total({ metric, cause: group.cause ?? "" })).toBe(k);
      expect(await total({ metric })).toBe(n);
    }
    const failed = pulls.filter(
      ({ course, exclusion, kind }) => course.failure_cause === 0 && exclusion === "none" && kind !== "human",
    );
    expect(rows[0]?.excluded.not_triaged).toBe(failed.length);
    expect(await total({ cause: "not_triaged", counted: "true", authorKind: "agent,assisted" })).toBe(failed.length);
  });

  it("refuses a metric that does not exist", () => {
    expect(pullRequestListSchema.safeParse({ metric: "nothing" }).success).toBe(false);
  });
});
