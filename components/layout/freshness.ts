import type { DimensionValues } from "@/lib/metrics/types";

const LAG_MS = 24 * 3_600_000;

/**
 * Repositories whose data ends more than a day before the newest of those they are shown with: real organisations
 * together, a sample by itself.
 */
export function laggingRepositories({
  orgs,
  repos,
}: Pick<DimensionValues, "orgs" | "repos">): DimensionValues["repos"] {
  const samples = new Set(orgs.flatMap((org) => (org.isSample ? org.slug : [])));
  const newest = { real: 0, sample: 0 };
  const sideOf = (org: string) => (samples.has(org) ? "sample" : "real");
  for (const { org, completeTo } of repos) {
    if (completeTo !== null) newest[sideOf(org)] = Math.max(newest[sideOf(org)], Date.parse(completeTo));
  }
  return repos.filter(
    ({ org, completeTo }) => completeTo === null || newest[sideOf(org)] - Date.parse(completeTo) > LAG_MS,
  );
}
