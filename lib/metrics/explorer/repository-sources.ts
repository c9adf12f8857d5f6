import type { Queryable } from "@/lib/db/pool";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

/** Merged pull requests of a repository that are looked at. */
const LOOKED_AT = 25;

/** What is known of a repository beside its default branch, and where from. */
export type RepositorySources = Pick<RepositoryHealth, "github" | "way" | "lastRun" | "lastDeployment"> & {
  /** Kinds of things that GitHub does not let the connection read, with the permission. */
  notAllowed: string[];
};

interface Row extends RepositorySources {
  repoId: number;
  state: NonNullable<RepositoryHealth["github"]>["state"] | null;
  readTo: Date | null;
  ranAt: Date | null;
  deployedAt: Date | null;
}

/** The kinds as people call them, and what has to be allowed. */
const KIND_WORDS: Readonly<Record<string, string>> = {
  deployments: "deployments: the connection may not read them (Deployments: read)",
  ci_runs: "CI: the connection may not read it (Actions: read)",
  issues: "bugs and incidents: the connection may not read issues (Issues: read)",
};

/**
 * How each repository is followed, and what its latest pull requests tell of their way: a look at a few of each, since
 * counting all of them would take longer than a page may.
 */
export async function readSources(
  client: Queryable,
  repoIds: readonly number[],
): Promise<ReadonlyMap<number, RepositorySources>> {
  const rows = await run<Row>(
    sql`select h.repo_id as "repoId", g.state, g.read_to as "readTo", coalesce(g.not_allowed, '{}') as "notAllowed",
        w.way, c.at as "ranAt", d.at as "deployedAt"
      from fact_repository h
        left join lateral (
          select case when g.gone_at is not null then 'gone' when k.state <> 'active' then k.state
              when p.watermark is null or exists (select from sync_state u where u.org_id = g.org_id
                and u.connection_id = g.connection_id and u.repo_id = g.repo_id and u.watermark is null
                and u.entity in ('history', 'older_pull_requests', 'older_history'))
              then 'reading' else 'followed' end as state,
            p.watermark as read_to,
            (select array_agg(u.entity order by u.entity) from sync_state u where u.org_id = g.org_id
              and u.connection_id = g.connection_id and u.repo_id = g.repo_id and u.state = 'unavailable') as not_allowed
          from github_repository g join github_connection k on k.id = g.connection_id
            left join sync_state p on p.org_id = g.org_id and p.connection_id = g.connection_id and p.repo_id = g.repo_id
              and p.entity = 'pull_requests'
          where g.org_id = h.org_id and g.repo_id = h.repo_id and g.selected
        ) g on true
        cross join lateral (
          select jsonb_build_object('pullRequests', count(*), 'opened', count(f.opened_at),
            'reviewed', count(*) filter (where exists (select from fact_review v where v.org_id = h.org_id
              and v.repo_id = h.repo_id and v.number = l.number and v.reviewer_kind = 1)),
            'approved', count(*) filter (where exists (select from fact_review v where v.org_id = h.org_id
              and v.repo_id = h.repo_id and v.number = l.number and v.reviewer_kind = 1 and v.state = 1)),
            'deployed', count(e.deployed_at)) as way
          from (select number from fact_pull_request where org_id = h.org_id and repo_id = h.repo_id
              order by number desc limit ${LOOKED_AT}) l
            left join fact_pull_request_flow f on f.org_id = h.org_id and f.repo_id = h.repo_id and f.number = l.number
            left join fact_pull_request_deployment e on e.org_id = h.org_id and e.repo_id = h.repo_id
              and e.number = l.number
        ) w
        left join lateral (
          select finished_at as at from fact_ci_run where org_id = h.org_id and repo_id = h.repo_id
          order by finished_at desc limit 1
        ) c on true
        left join lateral (
          select max(deployed_at) as at from (
            select deployed_at from fact_pull_request_deployment where org_id = h.org_id and repo_id = h.repo_id
            order by number desc limit ${LOOKED_AT}) latest
        ) d on true
      where h.repo_id = any(${repoIds}::int[])`,
    client,
  );
  return new Map(
    rows.map(({ deployedAt, notAllowed, ranAt, readTo, repoId, state, way }) => [
      repoId,
      {
        github: state === null ? null : { state, readTo: readTo?.toISOString() ?? null },
        way,
        lastRun: ranAt?.toISOString() ?? null,
        lastDeployment: deployedAt?.toISOString() ?? null,
        notAllowed: notAllowed.flatMap((kind) => KIND_WORDS[kind] ?? []),
      },
    ]),
  );
}
