import { describe, it } from "vitest";
import { z } from "zod";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { AUTHOR_KINDS, SETTLE_SECONDS } from "@/lib/core/dimensions";
import { runMetricsQuery } from "@/lib/metrics/query";
import { runRollbackCurve } from "@/lib/metrics/rollback-curve";
import { cohortQuerySchema, metricsQuerySchema } from "@/lib/metrics/schema";
import { type FactInput, insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { aiShareInputs, metricGroups, rollbackRateInputs } from "@/tests/golden/metric-groups";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const slugOf = (id: string) => id.toLowerCase().replaceAll("_", "-");

/** Answers a case of `rollback_rate` through facts, SQL and the query runner. */
async function rollbackRate(id: string, inputs: unknown) {
  const { as_of, prs, settle_hours } = rollbackRateInputs.parse(inputs);
  const org = await insertOrg(slugOf(id));
  // The runner holds back its own settle time, so the watermark moves by the difference to the case's.
  const completeTo = new Date(Date.parse(as_of) + SETTLE_SECONDS * 1000 - settle_hours * 3_600_000);
  const repo = await insertRepo(org, "api", { completeTo: completeTo.toISOString() });
  await insertFacts(
    org,
    repo,
    prs.map(({ id: number, merged_at, rolled_back_at }) => ({
      number,
      mergedAt: merged_at,
      kind: "agent",
      rollbackSeconds: rolled_back_at === null ? null : (Date.parse(rolled_back_at) - Date.parse(merged_at)) / 1000,
    })),
  );
  const period = { from: "2000-01-01", to: completeTo.toISOString(), filters: { org: [slugOf(id)] } };
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({ metrics: ["rollback_rate_24h", "rollback_rate_7d"], ...period }),
  );
  const [r24h, r7d] = results.map(({ rows }) => {
    const [row] = rows;
    return row && { n: row.n, k: row.k, rate: row.value, wilson95: [row.lo, row.hi] };
  });
  const { curves } = await runRollbackCurve(SYSTEM_SCOPE, cohortQuerySchema.parse(period));
  const sevenDays = curves[0]?.points.findLast(({ hours }) => hours <= 168)?.share;
  return { r24h, r7d, km_7d_provisional: sevenDays };
}

/** Answers a case of `ai_share`: as many pull requests of each kind, the lines of the kind spread over them. */
async function aiShare(id: string, inputs: unknown) {
  const { lines, merged } = aiShareInputs.parse(inputs);
  const org = await insertOrg(slugOf(id));
  const repo = await insertRepo(org, "api", { completeTo: "2026-04-01T00:00:00Z" });
  let number = 0;
  for (const kind of AUTHOR_KINDS) {
    const count = merged[kind] ?? 0;
    const total = lines[kind] ?? 0;
    const facts = Array.from({ length: count }, (_, index): FactInput => {
      const effectiveLines = Math.floor(total / count) + (index < total % count ? 1 : 0);
      const exclusion = kind === "automation" ? "automation" : "none";
      const agentLines = kind === "agent" || kind === "assisted" ? effectiveLines : 0;
      number += 1;
      return { number, mergedAt: "2026-03-02T00:00:00Z", kind, exclusion, effectiveLines, agentLines };
    });
    await insertFacts(org, repo, facts);
  }
  const query = { from: "2026-03-01", to: "2026-04-01", filters: { org: [slugOf(id)] } };
  const all = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({ metrics: ["ai_share_prs", "ai_share_lines"], ...query }),
  );
  const agentOnly = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({
      metrics: ["ai_share_prs"],
      ...query,
      filters: { ...query.filters, authorKind: ["agent"] },
    }),
  );
  return {
    ai_share_prs: all.results[0]?.rows[0]?.value,
    ai_share_lines: all.results[1]?.rows[0]?.value,
    agent_only_share_prs: agentOnly.results[0]?.rows[0]?.value,
  };
}

const casesOf = (group: string) =>
  readGoldenCases()
    .filter((entry) => entry.group === group)
    .map((entry) => [entry.id, entry] as const);

describe("golden cases through SQL", () => {
  it.each(casesOf("rollback_rate"))("%s", async (_, entry) => {
    const naive = z.looseObject({}).parse(metricGroups.rollback_rate?.(entry.inputs));
    expectGolden({ ...naive, ...(await rollbackRate(entry.id, entry.inputs)) }, entry);
  });

  it.each(casesOf("ai_share"))("%s", async (_, entry) => {
    expectGolden(await aiShare(entry.id, entry.inputs), entry);
  });
});
