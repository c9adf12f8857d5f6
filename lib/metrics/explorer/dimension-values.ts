import type { Scope } from "@/lib/auth/scope";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { getReadPool } from "@/lib/db/read-pool";
import { readReplicaLag } from "@/lib/db/replica-lag";
import { openFacts } from "@/lib/metrics/columns/store";
import type { FactTable } from "@/lib/metrics/columns/table";
import { coverageOf } from "@/lib/metrics/coverage";
import { selectPullRequests } from "@/lib/metrics/selection";
import type { DimensionValues } from "@/lib/metrics/types";

/** Bits of the agents that took part in any pull request. */
function agentsIn({ length, profile, profiles }: FactTable): bigint {
  // A dictionary still holds what no row has any more.
  const used = new Uint8Array(profiles.length);
  for (let row = 0; row < length; row += 1) used[profile[row] as number] = 1;
  return profiles.reduce((mask, { agentMask }, position) => (used[position] === 1 ? mask | agentMask : mask), 0n);
}

/** The value sets behind filters and labels: organisations and repositories with data, and what is in them. */
export async function readDimensionValues(scope: Scope): Promise<DimensionValues> {
  const replica = await readReplicaLag(getReadPool());
  const { directory, table } = await openFacts(scope);
  const tablesOf = (orgs: readonly { id: number }[]) => orgs.flatMap(({ id }) => table(id) ?? []);
  const repos = directory.repos.filter(({ coverage }) => coverage !== null);
  const slugs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
  const orgs = directory.orgs.filter(({ id }) => repos.some(({ orgId }) => orgId === id));
  const selection = selectPullRequests(directory, {});
  const coverage = coverageOf(selection.repos);
  const firstMerged = Math.min(...tablesOf(selection.orgs).map(({ mergedAt }) => mergedAt[0] as number));
  const mask = tablesOf(orgs).reduce((bits, each) => bits | agentsIn(each), 0n);
  const teams = new Map(directory.teams.map(({ slug, name }) => [slug, { value: slug, name }]));
  return {
    orgs: orgs.map(({ slug, name, isSample, timeZone, fiscalStart }) => ({
      slug,
      name,
      isSample,
      timeZone,
      fiscalStart,
    })),
    repos: repos.map(({ value, name, orgId, coverage: covered }) => ({
      value,
      name,
      org: slugs.get(orgId) ?? "",
      completeTo: covered?.to.toISOString() ?? null,
    })),
    teams: [...teams.values(), ...(scope.teams === "all" ? [{ value: UNASSIGNED_TEAM, name: "Unassigned" }] : [])],
    agents: directory.agents
      .filter(({ code }) => ((mask >> BigInt(code)) & 1n) === 1n)
      .map(({ key, name }) => ({ value: key, name })),
    span:
      coverage === null
        ? null
        : {
            firstMergedAt: (Number.isFinite(firstMerged) ? new Date(firstMerged) : coverage.to).toISOString(),
            latest: coverage.to.toISOString(),
            asOf: coverage.allTo.toISOString(),
          },
    replica,
  };
}
