import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { pullRequestListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const completeTo = "2026-03-31T00:00:00Z";
const merges = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, mergedAt: "2026-03-03T00:00:00Z" }));

async function merged(filters: Record<string, string[]> = {}, scope = SYSTEM_SCOPE): Promise<MetricRow | undefined> {
  const query = { metrics: ["prs_merged_week"], from: "2026-03-02", to: "2026-03-09", filters };
  const { results } = await runMetricsQuery(scope, metricsQuerySchema.parse(query));
  return results[0]?.rows[0];
}

let sample = 0;
let sampleRepo = 0;
beforeAll(async () => {
  sample = await insertOrg("sample", { isSample: true });
  sampleRepo = await insertRepo(sample, "shop", { completeTo });
  await insertFacts(sample, sampleRepo, merges(5));
});

describe("the sample fleet", () => {
  it("is shown while there is nothing else, also beside a real organisation without data", async () => {
    expect((await merged())?.k).toBe(5);
    await insertOrg("acme");
    expect((await merged())?.k).toBe(5);
  });

  it("leaves as soon as a real organisation has data, unless it is named", async () => {
    const acme = await insertOrg("initech");
    await insertFacts(acme, await insertRepo(acme, "api", { completeTo: "2026-03-20T00:00:00Z" }), merges(2));
    expect((await merged())?.k).toBe(2);
    expect((await merged({ org: ["sample"] }))?.k).toBe(5);
    expect((await merged({ repo: ["sample/shop"] }))?.k).toBe(5);
    expect((await merged({ org: ["sample", "initech"] }))?.k).toBe(7);
    const { orgs, span } = await readDimensionValues(SYSTEM_SCOPE);
    expect(orgs.map(({ slug }) => slug)).toEqual(["initech", "sample"]);
    expect(span?.latest).toBe("2026-03-20T00:00:00.000Z");
  });
});

describe("a narrowed scope", () => {
  it("sees its organisations alone, in every reader", async () => {
    const scope = mintScope({ ...SYSTEM_SCOPE, organizations: [sample] });
    expect((await merged({}, scope))?.k).toBe(5);
    expect((await listPullRequests(scope, pullRequestListSchema.parse({}))).total).toBe(5);
    await expect(merged({ org: ["initech"] }, scope)).rejects.toMatchObject({ pointer: "/filters/org/0" });
    const nobody = mintScope({ ...scope, organizations: [] });
    expect((await listPullRequests(nobody, pullRequestListSchema.parse({}))).total).toBe(0);
    await expect(getPullRequest(nobody, `${sampleRepo}-1`)).rejects.toMatchObject({ code: "not_found" });
    expect((await getPullRequest(scope, `${sampleRepo}-1`)).number).toBe(1);
  });
});
