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

/** Coverage of these repositories together; null when there are none. */
export function coverageOf(repos: readonly CoveredRepo[]): Coverage | null {
  let allTo: Date | null = null;
  let to: Date | null = null;
  let from: Date | null = null;
  let allFrom: Date | null = null;
  let someWhole = false;
  for (const { coverage } of repos) {
    if (allTo === null || coverage.to < allTo) allTo = coverage.to;
    if (to === null || coverage.to > to) to = coverage.to;
    if (coverage.from === null) someWhole = true;
    else {
      if (from === null || coverage.from < from) from = coverage.from;
      if (allFrom === null || coverage.from > allFrom) allFrom = coverage.from;
    }
  }
  return allTo === null || to === null ? null : { from: someWhole ? null : from, allFrom, allTo, to };
}

/** Coverage per group: of its own repositories when it names an organisation or a repository, of all otherwise. */
export function createCoverageReader(
  directory: Directory,
  repos: readonly CoveredRepo[],
): (group: Group) => Coverage | null {
  const slugs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
  const byOrg = new Map<string, Coverage | null>();
  let all: Coverage | null | undefined;
  let byRepo: Map<string, CoveredRepo> | undefined;
  const ofOrg = (slug: string) => {
    let found = byOrg.get(slug);
    if (found === undefined) {
      found = coverageOf(repos.filter(({ orgId }) => slugs.get(orgId) === slug));
      byOrg.set(slug, found);
    }
    return found;
  };
  return ({ org, repo }) => {
    if (repo === undefined) {
      if (org !== undefined) return ofOrg(org);
      all ??= coverageOf(repos);
      return all;
    }
    byRepo ??= new Map(repos.map((one) => [one.value, one]));
    const found = byRepo.get(repo);
    if (found === undefined || (org !== undefined && slugs.get(found.orgId) !== org)) return null;
    return coverageOf([found]);
  };
}
