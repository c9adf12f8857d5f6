import type { Scope } from "@/lib/auth/scope";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** A pull request that is open and ready for review. */
export interface OpenPullRequest {
  orgId: number;
  repoId: number;
  /** Of the repository's owner now; null for none. */
  teamId: number | null;
  /** Since when it is ready, in milliseconds. */
  readyAt: number;
}

export interface OpenPullRequests {
  open: readonly OpenPullRequest[];
  /** Organisations whose sources tell when pull requests are opened. */
  told: ReadonlySet<number>;
}

/** Reads what is open, of every organisation. */
export async function loadOpenPullRequests(client: Queryable): Promise<OpenPullRequests> {
  const open = await query<OpenPullRequest>(
    sql`select p.org_id as "orgId", p.repo_id as "repoId", floor(extract(epoch from p.ready_at) * 1000)::float8 as "readyAt",
        w.team_id as "teamId"
      from open_pull_request p left join lateral (
        select team_id from repository_owner w where w.org_id = p.org_id and w.repo_id = p.repo_id
        order by valid_from desc limit 1
      ) w on true
      where not exists (select from fact_pull_request f
          where f.org_id = p.org_id and f.repo_id = p.repo_id and f.number = p.number)
        and not exists (select from fact_closed_pull_request f
          where f.org_id = p.org_id and f.repo_id = p.repo_id and f.number = p.number)
      order by p.org_id, p.repo_id, p.number`,
    client,
  );
  const told = await query<{ id: number }>(
    sql`select o.id from organization o where exists (
      select from fact_pull_request_flow f where f.org_id = o.id and f.opened_at is not null)`,
    client,
  );
  return { open, told: new Set(told.map(({ id }) => id)) };
}

/** The part that a scope may know of. */
export function openInScope({ open, told }: OpenPullRequests, { organizations, teams }: Scope): OpenPullRequests {
  if (organizations === "all" && teams === "all") return { open, told };
  const isOrg = (orgId: number) => organizations === "all" || organizations.includes(orgId);
  return {
    open: open.filter(
      ({ orgId, teamId }) => isOrg(orgId) && (teams === "all" || (teamId !== null && teams.includes(teamId))),
    ),
    told: new Set([...told].filter(isOrg)),
  };
}
