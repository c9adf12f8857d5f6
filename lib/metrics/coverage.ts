import type { Directory } from "./directory";
import type { CoveredRepo } from "./selection";
import type { Group } from "./types";

/** Between when and when data of some repositories exist. `from` null: since the beginning of all of them. */
export interface Coverage {
  /** Some repository has data from here on. */
  from: Date | null;
  /** Every repository has data from here on; null: all of them have their whole history. */
  allFrom: Date | null;
  /** Every repository is complete up to here. */
  allTo: Date;
  /** Some repository is complete up to here. */
  to: Date;
}

const byTime = (a: Date, b: Date) => a.getTime() - b.getTime();

/** Coverage of these repositories together; null when there are none. */
export function coverageOf(repos: readonly CoveredRepo[]): Coverage | null {
  const ends = repos.map(({ coverage }) => coverage.to).sort(byTime);
  const [allTo] = ends;
  const to = ends.at(-1);
  if (allTo === undefined || to === undefined) return null;
  const starts = repos.flatMap(({ coverage }) => coverage.from ?? []).sort(byTime);
  return {
    from: starts.length < repos.length ? null : (starts[0] ?? null),
    allFrom: starts.at(-1) ?? null,
    allTo,
    to,
  };
}

/** Coverage per group: of its own repositories when it names an organisation or a repository, of all otherwise. */
export function createCoverageReader(
  directory: Directory,
  repos: readonly CoveredRepo[],
): (group: Group) => Coverage | null {
  const slugs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
  const all = coverageOf(repos);
  const byOrg = new Map(directory.orgs.map(({ id, slug }) => [slug, coverageOf(repos.filter((r) => r.orgId === id))]));
  const byRepo = new Map(
    repos.map((repo) => [repo.value, { org: slugs.get(repo.orgId), coverage: coverageOf([repo]) }]),
  );
  return ({ org, repo }) => {
    if (repo === undefined) return org === undefined ? all : (byOrg.get(org) ?? null);
    const found = byRepo.get(repo);
    return found !== undefined && (org === undefined || found.org === org) ? found.coverage : null;
  };
}
