import type { DimensionValues } from "@/lib/metrics/types";

const LAG_MS = 24 * 3_600_000;

/** Repositories whose data ends more than a day before the newest data of their organisation. */
export function laggingRepositories(dimensions: Pick<DimensionValues, "repos">): DimensionValues["repos"] {
  const newest = new Map<string, number>();
  for (const repo of dimensions.repos) {
    if (repo.completeTo === null) continue;
    newest.set(repo.org, Math.max(newest.get(repo.org) ?? 0, Date.parse(repo.completeTo)));
  }
  return dimensions.repos.filter((repo) => {
    const latest = newest.get(repo.org);
    return repo.completeTo === null || (latest !== undefined && latest - Date.parse(repo.completeTo) > LAG_MS);
  });
}
