import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { query as run } from "@/lib/db/query";
import { readReplicaLag } from "@/lib/db/replica-lag";
import { sql } from "@/lib/db/sql";
import { type FactView, openFacts } from "@/lib/metrics/columns/store";
import type { FactTable } from "@/lib/metrics/columns/table";
import { type Directory, loadDirectory } from "@/lib/metrics/directory";
import type { DataHealth, RepositoryHealth, UnknownBotItem } from "@/lib/metrics/explorer/types";
import { type DataHealthQuery, rollbackListSchema } from "@/lib/metrics/list-schema";
import { withoutEmpty } from "@/lib/metrics/schema";
import { type CoveredRepo, type Selection, selectPullRequests } from "@/lib/metrics/selection";
import { withSnapshot } from "@/lib/metrics/snapshot";
import { pullRequestId } from "./pull-request-item";
import { type RepositorySources, readSources } from "./repository-sources";
import { listRollbacks } from "./rollbacks";
import { createWeeklyReader } from "./weekly-merges";

type HealthRow = Omit<
  RepositoryHealth,
  | "org"
  | "isSample"
  | "repo"
  | "completeFrom"
  | "completeTo"
  | "weekly"
  | "missing"
  | "unassigned"
  | keyof RepositorySources
> & {
  repo_id: number;
  complete_from: Date | null;
  complete_to: Date;
};

/** What the database says of a repository. */
interface StoredHealth {
  repo: CoveredRepo;
  stored: Omit<RepositoryHealth, "weekly" | "unassigned">;
}

/** What the source of a repository cannot give, in words. */
function missingOf(row: HealthRow, isSample: boolean, sources: RepositorySources): string[] {
  const missing: string[] = [];
  // What is on its way is not missing.
  if (sources.github?.state === "reading") return missing;
  if (row.history === "shallow") missing.push("history before the clone was cut off: it is shallow");
  if (row.history === "since") {
    missing.push(
      sources.github === null
        ? "history before the date that the import was limited to"
        : "history before the days that are read of GitHub",
    );
  }
  const isTold = row.history === "told";
  if (isTold) missing.push("pull requests that no program told of");
  if (row.lineCounts === "unknown") {
    missing.push(
      `line counts: ${isTold ? "merges were told without their files" : "the clone holds no file contents"}`,
    );
  }
  if (!row.pullRequestRefs) missing.push("branch commits: the clone holds no refs/pull, so marks on them are not seen");
  if (row.missingCommits > 0)
    missing.push(`${row.missingCommits} merged pull requests whose commits are not on the branch`);
  if (isSample) return missing;
  if (isTold) return missing;
  if (sources.github === null && sources.way.opened === 0) {
    missing.push("reviews, CI and deployments: a clone does not hold them");
  } else if (sources.github !== null) {
    missing.push(...sources.notAllowed);
    const unread = (kind: string) => !sources.notAllowed.some((words) => words.startsWith(kind));
    if (sources.lastRun === null && unread("CI")) missing.push("CI: GitHub knows of no workflow run");
    if (sources.lastDeployment === null && unread("deployments")) {
      missing.push("deployments: GitHub knows of none to production that tells what it brought");
    }
  }
  return missing;
}

async function readRepositories(
  client: Queryable,
  directory: Directory,
  selection: Selection,
): Promise<StoredHealth[]> {
  const ids = selection.repos.map(({ id }) => id);
  const rows = await run<HealthRow>(
    sql`select h.repo_id, r.url, h.branch, h.complete_from, h.complete_to, h.history, h.line_counts as "lineCounts",
        h.pull_request_refs as "pullRequestRefs", h.landed, h.merged, h.squash, h.merge_commit as "mergeCommit", h.rebase,
        h.direct, h.strong, h.weak, h.unmarked, h.unknown_lines as "unknownLines", h.unresolved,
        h.future_dated as "futureDated", h.missing_commits as "missingCommits",
        exists (select from projection_request p where p.org_id = h.org_id and p.repo = r.name) as pending
      from fact_repository h join repository r on r.id = h.repo_id
      where h.repo_id = any(${ids}::int[])`,
    client,
  );
  const sourcesOf = await readSources(client, ids);
  const health = new Map(rows.map((row) => [row.repo_id, row]));
  const orgs = new Map(directory.orgs.map((org) => [org.id, org]));
  return selection.repos.flatMap((repo) => {
    const row = health.get(repo.id);
    const org = orgs.get(repo.orgId);
    const sources = sourcesOf.get(repo.id);
    if (row === undefined || org === undefined || sources === undefined) return [];
    const { notAllowed: _allowed, ...known } = sources;
    const { repo_id: _, complete_from, complete_to, ...rest } = row;
    const stored = {
      ...rest,
      ...known,
      org: org.slug,
      repo: repo.value,
      isSample: org.isSample,
      completeFrom: complete_from?.toISOString() ?? null,
      completeTo: complete_to.toISOString(),
      missing: missingOf(row, org.isSample, sources),
    };
    return { repo, stored };
  });
}

/** Adds the weeks and who has no team, which are counted in the facts of this process. */
function withWeeks(view: FactView, { orgs, repos }: Selection, health: readonly StoredHealth[]): RepositoryHealth[] {
  const readers = new Map(
    orgs.map(({ id, timeZone }) => {
      const own = repos.filter(({ orgId }) => orgId === id);
      return [id, createWeeklyReader(view.table(id), timeZone, own)];
    }),
  );
  const unassigned = new Map(orgs.map(({ id }) => [id, countUnassigned(view.table(id))]));
  return health.map(({ repo, stored }) => ({
    ...stored,
    weekly: readers.get(repo.orgId)?.(repo) ?? [],
    unassigned: unassigned.get(repo.orgId)?.get(repo.id) ?? 0,
  }));
}

/** Merged pull requests without a team, by repository id. */
function countUnassigned(table: FactTable | null): ReadonlyMap<number, number> {
  if (table === null) return new Map();
  const counts = new Int32Array(table.repos.length);
  for (let row = 0; row < table.length; row += 1) {
    // The first place is that of no team.
    if (table.team[row] === 0) counts[table.repo[row] as number] = (counts[table.repo[row] as number] as number) + 1;
  }
  return new Map(table.repos.map((id, position) => [id, counts[position] as number]));
}

type BotRow = Pick<UnknownBotItem, "identity" | "name" | "role"> & {
  repo_id: number;
  pull_requests: number;
  first_seen: Date;
  last_seen: Date;
  example_number: number;
};

async function readUnknownBots(
  client: Queryable,
  directory: Directory,
  selection: Selection,
): Promise<UnknownBotItem[]> {
  const rows = await run<BotRow>(
    sql`select repo_id, identity, name, role, pull_requests, first_seen, last_seen, example_number
      from fact_unknown_bot where repo_id = any(${selection.repos.map(({ id }) => id)}::int[])
      order by pull_requests desc, identity, repo_id, role`,
    client,
  );
  const repos = new Map(selection.repos.map((repo) => [repo.id, repo]));
  const orgs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
  return rows.flatMap(({ repo_id, pull_requests, first_seen, last_seen, example_number, ...bot }) => {
    const repo = repos.get(repo_id);
    if (repo === undefined) return [];
    return {
      ...bot,
      org: orgs.get(repo.orgId) ?? "",
      repo: repo.value,
      pullRequests: pull_requests,
      firstSeen: first_seen.toISOString(),
      lastSeen: last_seen.toISOString(),
      example: { id: pullRequestId(repo_id, example_number), number: example_number },
    };
  });
}

/**
 * What is in, how fresh it is and what is missing, per repository; bots that no rule knows; reverts whose target was
 * not found (the newest 200).
 * @throws {AppError} `unprocessable` for a filter value that is not known, `forbidden` for a scope of some teams.
 */
export async function readDataHealth(scope: Scope, query: DataHealthQuery): Promise<DataHealth> {
  if (scope.teams !== "all") {
    throw new AppError({ code: "forbidden", message: "Data health is about whole repositories, not about teams." });
  }
  const { repositories, selection, ...health } = await withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const selected = selectPullRequests(directory, withoutEmpty(query), "");
    return {
      selection: selected,
      replica: await readReplicaLag(client),
      repositories: await readRepositories(client, directory, selected),
      unknownBots: await readUnknownBots(client, directory, selected),
    };
  });
  const view = await openFacts(scope);
  const unresolved = rollbackListSchema.parse({ ...query, kind: "unresolved", limit: "200" });
  return {
    ...health,
    repositories: withWeeks(view, selection, repositories),
    unresolved: (await listRollbacks(scope, unresolved)).items,
  };
}
