import { type FactTable, SUBJECT_CODE } from "@/lib/metrics/columns/table";
import { countingOf, type MetricDefinition, subjectsOf } from "@/lib/metrics/definitions/definition";
import type { Directory } from "@/lib/metrics/directory";
import type { CoveredRepo } from "@/lib/metrics/selection";
import type { Group } from "@/lib/metrics/types";

/** What a repository may tell of besides its pull requests. */
export type Feed = "deployments" | "incidents";

/** Of how many of some repositories something is told. */
export interface Told {
  feed: Feed;
  repositories: number;
  of: number;
}

/** What has to be told for a metric of deployments or incidents to have rows; null of every other. */
export function feedOf(definition: MetricDefinition): Feed | null {
  const counting = countingOf(definition);
  if (counting === "commits") return "deployments";
  if (counting !== "operations") return null;
  return subjectsOf(definition).includes("incident") ? "incidents" : "deployments";
}

type ReposByFeed = Readonly<Record<Feed, ReadonlySet<number>>>;
const known = new WeakMap<FactTable, { version: number; repos: ReposByFeed }>();

/** The repositories that a table of operations tells something of. */
function reposIn(table: FactTable): ReposByFeed {
  const found = known.get(table);
  if (found?.version === table.version) return found.repos;
  const feeds = table.profiles.map(({ subject }): Feed | null =>
    subject === SUBJECT_CODE.incident ? "incidents" : subject === SUBJECT_CODE.failure ? null : "deployments",
  );
  const repos = { deployments: new Set<number>(), incidents: new Set<number>() };
  for (let row = 0; row < table.length; row += 1) {
    const feed = feeds[table.profile[row] as number];
    if (feed != null) repos[feed].add(table.repos[table.repo[row] as number] as number);
  }
  known.set(table, { version: table.version, repos });
  return repos;
}

/**
 * Tells of how many repositories of a group something is told. Incidents are told of a whole organisation by one tool, so
 * that one of them says that all of its repositories are watched; of deployments each repository tells by itself.
 */
export function createFeedReader(
  directory: Directory,
  repos: readonly CoveredRepo[],
  operations: (orgId: number) => FactTable | null,
): (feed: Feed, group: Group) => Told {
  const slugs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
  return (feed, { org, repo }) => {
    const own = repos.filter(
      (one) => (org === undefined || slugs.get(one.orgId) === org) && (repo === undefined || one.value === repo),
    );
    const tells = ({ id, orgId }: CoveredRepo) => {
      const table = operations(orgId);
      if (table === null) return false;
      const told = reposIn(table)[feed];
      return feed === "incidents" ? told.size > 0 : told.has(id);
    };
    return { feed, repositories: own.filter(tells).length, of: own.length };
  };
}
