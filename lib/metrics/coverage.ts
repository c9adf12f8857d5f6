import type { Directory } from "./directory";
import type { Group } from "./groups";
import type { CoveredRepo } from "./selection";

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
  const known = new Map<string, Coverage | null>();
  return ({ org, repo }) => {
    const key = JSON.stringify([org ?? null, repo ?? null]);
    let coverage = known.get(key);
    if (coverage === undefined) {
      coverage = coverageOf(
        repos.filter(
          ({ orgId, value }) =>
            (org === undefined || slugs.get(orgId) === org) && (repo === undefined || value === repo),
        ),
      );
      known.set(key, coverage);
    }
    return coverage;
  };
}
