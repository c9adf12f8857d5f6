import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { ensureRepository } from "@/lib/settings/repositories";

export interface RepositoryKey {
  orgId: number;
  /** Name inside the organisation. */
  repo: string;
}

/** What fact rows of a repository begin with. */
export interface RepositoryRef {
  orgId: number;
  repoId: number;
}

/** The team that owns a repository from an instant (milliseconds) on. */
export interface Ownership {
  team: string;
  from: number;
}

/** What a projection needs from settings. */
export interface ProjectionContext extends RepositoryKey, RepositoryRef {
  /** Oldest first. */
  owners: Ownership[];
  /** Head of the import that spoke last; null: the observation with the latest watermark speaks. */
  importedHead: string | null;
  /** Ids of the organisation's teams by slug. */
  teamIds: ReadonlyMap<string, number>;
  /** The settings that facts of old landings depend on, as one text: with other settings they are made again. */
  basis: string;
}

interface SettingsRow {
  id: number;
  head_sha: string | null;
  time_zone: string;
  owners: Ownership[] | null;
  teams: Record<string, number> | null;
}

async function loadSettings(client: PoolClient, { orgId, repo }: RepositoryKey): Promise<SettingsRow | undefined> {
  const [row] = await query<SettingsRow>(
    sql`select r.id, r.head_sha, o.time_zone,
        (select json_agg(json_build_object('team', t.slug, 'from', floor(extract(epoch from w.valid_from) * 1000))
            order by w.valid_from)
          from repository_owner w join team t on t.id = w.team_id
          where w.org_id = r.org_id and w.repo_id = r.id) as owners,
        (select json_object_agg(slug, id) from team where org_id = r.org_id) as teams
      from repository r join organization o on o.id = r.org_id
      where r.org_id = ${orgId} and r.name = ${repo}`,
    client,
  );
  return row;
}

/** Reads what a projection needs from settings; a repository that only the log knows gets its entry. */
export async function loadProjectionContext(client: PoolClient, key: RepositoryKey): Promise<ProjectionContext> {
  let row = await loadSettings(client, key);
  if (row === undefined) {
    await ensureRepository(key.orgId, key.repo);
    row = await loadSettings(client, key);
  }
  if (row === undefined) throw new Error(`The repository ${key.repo} was removed while it was being projected`);
  const owners = row.owners ?? [];
  return {
    ...key,
    repoId: row.id,
    owners,
    importedHead: row.head_sha,
    teamIds: new Map(Object.entries(row.teams ?? {})),
    basis: JSON.stringify({ timeZone: row.time_zone, owners }),
  };
}
