import type { Scope } from "@/lib/auth/scope";
import { SMALL_TEAMS } from "@/lib/core/dimensions";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";

export interface OrgEntry {
  id: number;
  slug: string;
  name: string;
  isSample: boolean;
  timeZone: string;
  /** 1..12: the calendar month that its fiscal year begins with. */
  fiscalStart: number;
}

export interface RepoEntry {
  id: number;
  orgId: number;
  /** `org/name`. */
  value: string;
  name: string;
  /** null: nothing has been projected yet. */
  coverage: { from: Date | null; to: Date } | null;
}

export interface TeamEntry {
  id: number;
  orgId: number;
  slug: string;
  name: string;
  /** Of too few people to be shown by itself to whoever sees no persons. */
  isSmall: boolean;
}

export interface AgentEntry {
  /** Bit in `fact_pull_request.agent_mask`. */
  code: number;
  key: string;
  name: string;
}

/** Everything that a scope may name: the value sets behind filters, groups and labels. */
export interface Directory {
  orgs: OrgEntry[];
  repos: RepoEntry[];
  teams: TeamEntry[];
  agents: AgentEntry[];
}

/** The condition that keeps a statement inside of the scope; an empty scope compiles to no rows. */
export function inScope(scope: Scope, orgColumn: Sql): Sql {
  return scope.organizations === "all" ? sql`true` : sql`${orgColumn} = any(${[...scope.organizations]}::int[])`;
}

/** The same for teams: what belongs to none is seen by whoever sees all of them. */
export function inTeams({ teams }: Scope, teamColumn: Sql): Sql {
  return teams === "all" ? sql`true` : sql`${teamColumn} = any(${[...teams]}::int[])`;
}

/**
 * Whether a scope sees teams of fewer than five people as one (decision 0023): figures of so few are about persons.
 * Whoever sees some teams alone is of those teams.
 */
const foldsSmallTeams = ({ personFields, teams }: Scope): boolean => teams === "all" && !personFields;

const folded = new WeakMap<Directory, Directory>();

/**
 * Gives small teams one name between them, where the scope asks for it: what has one name is counted as one. The same
 * directory gives the same one, since what is worked out from it is kept by it.
 */
export function foldSmallTeams(directory: Directory, scope: Scope): Directory {
  if (!foldsSmallTeams(scope) || !directory.teams.some(({ isSmall }) => isSmall)) return directory;
  const known = folded.get(directory);
  if (known !== undefined) return known;
  const teams = directory.teams.map((team) =>
    team.isSmall ? { ...team, slug: SMALL_TEAMS, name: "Small teams" } : team,
  );
  const shown = { ...directory, teams };
  folded.set(directory, shown);
  return shown;
}

interface RepoRow {
  id: number;
  org_id: number;
  slug: string;
  name: string;
  complete_from: Date | null;
  complete_to: Date | null;
}

/** Reads what the scope may name. */
export async function loadDirectory(scope: Scope, client: Queryable): Promise<Directory> {
  return foldSmallTeams(await loadWholeDirectory(scope, client), scope);
}

/** The same with every team under its own name: what is kept in memory, for all scopes. */
export async function loadWholeDirectory(scope: Scope, client: Queryable): Promise<Directory> {
  const orgs = await query<OrgEntry>(
    sql`select o.id, o.slug, o.name, o.is_sample as "isSample", o.time_zone as "timeZone",
        o.fiscal_start as "fiscalStart"
      from organization o where ${inScope(scope, sql`o.id`)} order by o.slug`,
    client,
  );
  const repos = await query<RepoRow>(
    sql`select r.id, r.org_id, o.slug, r.name, f.complete_from, f.complete_to
      from repository r join organization o on o.id = r.org_id
      left join fact_repository f on f.org_id = r.org_id and f.repo_id = r.id
      where ${inScope(scope, sql`r.org_id`)} order by o.slug, r.name`,
    client,
  );
  const teams = await query<TeamEntry>(
    sql`select t.id, t.org_id as "orgId", t.slug, t.name, t.is_small as "isSmall" from team t
      where ${inScope(scope, sql`t.org_id`)} and ${inTeams(scope, sql`t.id`)} order by t.slug, t.id`,
    client,
  );
  const agents = await query<AgentEntry>(sql`select code, key, name from agent order by name, code`, client);
  return {
    orgs,
    repos: repos.map((row) => ({
      id: row.id,
      orgId: row.org_id,
      value: `${row.slug}/${row.name}`,
      name: row.name,
      coverage: row.complete_to === null ? null : { from: row.complete_from, to: row.complete_to },
    })),
    teams,
    agents,
  };
}
