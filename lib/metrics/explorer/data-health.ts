import type { Scope } from "@/lib/auth/scope";
import { AUTHOR_KIND_CODE, DAY_SECONDS } from "@/lib/core/dimensions";
import type { Queryable } from "@/lib/db/pool";
import { query as run } from "@/lib/db/query";
import { readReplicaLag } from "@/lib/db/replica-lag";
import { sql } from "@/lib/db/sql";
import { type Directory, loadDirectory } from "@/lib/metrics/directory";
import { type DataHealthQuery, rollbackListSchema } from "@/lib/metrics/list-schema";
import { withoutEmpty } from "@/lib/metrics/schema";
import { type Selection, selectPullRequests } from "@/lib/metrics/selection";
import { withSnapshot } from "@/lib/metrics/snapshot";
import type { DataHealth, RepositoryHealth, UnknownBotItem } from "@/lib/metrics/types";
import { pullRequestId } from "./pull-request-item";
import { listRollbacks } from "./rollbacks";

const WEEKS = 26;
const WEEK_MS = 7 * DAY_SECONDS * 1000;
/** Weeks are counted from here. */
const FIRST_MONDAY = "1969-12-29";

type HealthRow = Omit<
  RepositoryHealth,
  "org" | "isSample" | "repo" | "completeFrom" | "completeTo" | "weekly" | "missing"
> & {
  repo_id: number;
  complete_from: Date | null;
  complete_to: Date;
  /** Monday of the week of the watermark, on the organisation's calendar. */
  last_week: string;
};

interface WeekRow {
  repo_id: number;
  week: number;
  merged: number;
  agent: number;
}

function weeksBack(lastWeek: string): string[] {
  const last = Date.parse(`${lastWeek}T00:00:00Z`);
  return Array.from({ length: WEEKS }, (_, index) =>
    new Date(last - (WEEKS - 1 - index) * WEEK_MS).toISOString().slice(0, 10),
  );
}

/** What the source of a repository cannot give, in words. */
function missingOf(row: HealthRow, isSample: boolean): string[] {
  const missing: string[] = [];
  if (row.history === "shallow") missing.push("history before the clone was cut off: it is shallow");
  if (row.history === "since") missing.push("history before the date that the import was limited to");
  if (row.lineCounts === "unknown") missing.push("line counts: the clone holds no file contents");
  if (!row.pullRequestRefs) missing.push("branch commits: the clone holds no refs/pull, so marks on them are not seen");
  if (row.missingCommits > 0)
    missing.push(`${row.missingCommits} merged pull requests whose commits are not on the branch`);
  if (!isSample) missing.push("reviews, CI and deployments: a clone does not hold them");
  return missing;
}

async function readRepositories(
  client: Queryable,
  directory: Directory,
  selection: Selection,
): Promise<RepositoryHealth[]> {
  const ids = selection.repos.map(({ id }) => id);
  const rows = await run<HealthRow>(
    sql`select h.repo_id, r.url, h.branch, h.complete_from, h.complete_to, h.history, h.line_counts as "lineCounts",
        h.pull_request_refs as "pullRequestRefs", h.landed, h.merged, h.squash, h.merge_commit as "mergeCommit", h.rebase,
        h.direct, h.strong, h.weak, h.unmarked, h.unknown_lines as "unknownLines", h.unresolved,
        h.future_dated as "futureDated", h.missing_commits as "missingCommits",
        exists (select from projection_request p where p.org_id = h.org_id and p.repo = r.name) as pending,
        to_char(date_trunc('week', h.complete_to at time zone o.time_zone), 'YYYY-MM-DD') as last_week
      from fact_repository h join repository r on r.id = h.repo_id join organization o on o.id = h.org_id
      where h.repo_id = any(${ids}::int[])`,
    client,
  );
  // One range of the primary key per repository, and weeks as numbers: dates as text cost more than the sums.
  const weekRows = await run<WeekRow>(
    sql`select d.repo_id, (d.day - ${FIRST_MONDAY}::date) / 7 as week, sum(d.eligible)::integer as merged,
        coalesce(sum(d.eligible) filter (
          where d.author_kind in (${AUTHOR_KIND_CODE.agent}, ${AUTHOR_KIND_CODE.assisted})), 0)::integer as agent
      from fact_repository h join rollup_repository_day d on d.org_id = h.org_id and d.repo_id = h.repo_id
        and d.day > (h.complete_to - ${`${WEEKS + 1} weeks`}::interval)::date
      where h.org_id = any(${[...new Set(selection.repos.map(({ orgId }) => orgId))]}::int[])
        and h.repo_id = any(${ids}::int[])
      group by 1, 2`,
    client,
  );
  const monday = (week: number) => new Date(Date.parse(FIRST_MONDAY) + week * WEEK_MS).toISOString().slice(0, 10);
  const weeks = new Map(weekRows.map((row) => [`${row.repo_id}/${monday(row.week)}`, row]));
  const health = new Map(rows.map((row) => [row.repo_id, row]));
  const orgs = new Map(directory.orgs.map((org) => [org.id, org]));
  return selection.repos.flatMap(({ id, orgId, value }) => {
    const row = health.get(id);
    const org = orgs.get(orgId);
    if (row === undefined || org === undefined) return [];
    const { repo_id: _, complete_from, complete_to, last_week, ...rest } = row;
    return {
      ...rest,
      org: org.slug,
      repo: value,
      isSample: org.isSample,
      completeFrom: complete_from?.toISOString() ?? null,
      completeTo: complete_to.toISOString(),
      weekly: weeksBack(last_week).map((week) => {
        const found = weeks.get(`${id}/${week}`);
        return { week, merged: found?.merged ?? 0, agent: found?.agent ?? 0 };
      }),
      missing: missingOf(row, org.isSample),
    };
  });
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
 * @throws {AppError} `unprocessable` for a filter value that is not known.
 */
export async function readDataHealth(scope: Scope, query: DataHealthQuery): Promise<DataHealth> {
  const health = await withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const selection = selectPullRequests(directory, withoutEmpty(query), "");
    return {
      replica: await readReplicaLag(client),
      repositories: await readRepositories(client, directory, selection),
      unknownBots: await readUnknownBots(client, directory, selection),
    };
  });
  const unresolved = rollbackListSchema.parse({ ...query, kind: "unresolved", limit: "200" });
  return { ...health, unresolved: (await listRollbacks(scope, unresolved)).items };
}
