import type { Scope } from "@/lib/auth/scope";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { coverageOf } from "@/lib/metrics/coverage";
import { loadDirectory } from "@/lib/metrics/directory";
import { selectPullRequests } from "@/lib/metrics/selection";
import { withSnapshot } from "@/lib/metrics/snapshot";
import type { DimensionValues } from "@/lib/metrics/types";

/** The value sets behind filters and labels: organisations and repositories with data, and what is in them. */
export async function readDimensionValues(scope: Scope): Promise<DimensionValues> {
  return withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const repos = directory.repos.filter(({ coverage }) => coverage !== null);
    const slugs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
    const orgs = directory.orgs.filter(({ id }) => repos.some(({ orgId }) => orgId === id));
    const selection = selectPullRequests(directory, {});
    const coverage = coverageOf(selection.repos);
    // One look into the index per organisation; min() over several would read every row.
    const [first] = await run<{ merged_at: Date | null }>(
      sql`select min(earliest.merged_at) as merged_at
        from unnest(${selection.orgs.map(({ id }) => id)}::int[]) as o(id),
        lateral (select f.merged_at from fact_pull_request f where f.org_id = o.id order by f.merged_at limit 1) earliest`,
      client,
    );
    const used = await run<{ agents: string }>(
      sql`select coalesce(bit_or(f.agent_mask), 0)::text as agents from fact_pull_request f
        where f.org_id = any(${orgs.map(({ id }) => id)}::int[])`,
      client,
    );
    const mask = BigInt(used[0]?.agents ?? "0");
    const teams = new Map(directory.teams.map(({ slug, name }) => [slug, { value: slug, name }]));
    return {
      orgs: orgs.map(({ slug, name, isSample, timeZone }) => ({ slug, name, isSample, timeZone })),
      repos: repos.map(({ value, name, orgId, coverage: covered }) => ({
        value,
        name,
        org: slugs.get(orgId) ?? "",
        completeTo: covered?.to.toISOString() ?? null,
      })),
      teams: [...teams.values(), { value: UNASSIGNED_TEAM, name: "Unassigned" }],
      agents: directory.agents
        .filter(({ code }) => ((mask >> BigInt(code)) & 1n) === 1n)
        .map(({ key, name }) => ({ value: key, name })),
      span:
        coverage === null
          ? null
          : {
              firstMergedAt: (first?.merged_at ?? coverage.to).toISOString(),
              latest: coverage.to.toISOString(),
              asOf: coverage.allTo.toISOString(),
            },
    };
  });
}
