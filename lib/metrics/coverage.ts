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
  const [first] = repos;
  if (first === undefined) return null;
  // As numbers: comparing dates asks each of them for its number, every time.
  let allTo = first.coverage.to.getTime();
  let to = allTo;
  let from = Number.POSITIVE_INFINITY;
  let allFrom = Number.NEGATIVE_INFINITY;
  let someWhole = false;
  for (const { coverage } of repos) {
    const end = coverage.to.getTime();
    if (end < allTo) allTo = end;
    if (end > to) to = end;
    const start = coverage.from?.getTime() ?? null;
    if (start === null) someWhole = true;
    else {
      if (start < from) from = start;
      if (start > allFrom) allFrom = start;
    }
  }
  return {
    from: someWhole ? null : new Date(from),
    allFrom: allFrom === Number.NEGATIVE_INFINITY ? null : new Date(allFrom),
    allTo: new Date(allTo),
    to: new Date(to),
  };
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
