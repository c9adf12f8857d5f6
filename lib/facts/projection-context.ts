import { type RuleSet, ruleSetOf } from "@/lib/attribution/rules/rule-set";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { ensureRepository } from "@/lib/settings/repositories";
import { rosterBasis } from "@/lib/settings/roster";
import { readRules } from "@/lib/settings/rules";
import { type Correction, loadCorrections } from "./corrections";
import { loadTakenBack } from "./deployed/load-taken-back";
import { byPullRequest, type TakenBack } from "./deployed/take-back";
import { type Membership, Roster } from "./roster";

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
  roster: Roster;
  /** What somebody says of pull requests in the place of the rules, by their numbers. */
  corrections: ReadonlyMap<number, Correction>;
  /** What deployments of older versions and what was told took back, by the numbers of pull requests. */
  takenBack: ReadonlyMap<number, readonly TakenBack[]>;
  /** The rules that are shipped, with what the organisation says in their place. */
  rules: RuleSet;
  /** The settings that facts of old landings depend on, as one text: with other settings they are made again. */
  basis: string;
}

interface SettingsRow {
  id: number;
  head_sha: string | null;
  time_zone: string;
  owners: Ownership[] | null;
  teams: Record<string, number> | null;
  memberships: Membership[] | null;
}

async function loadSettings(client: PoolClient, { orgId, repo }: RepositoryKey): Promise<SettingsRow | undefined> {
  const [row] = await query<SettingsRow>(
    sql`select r.id, r.head_sha, o.time_zone,
        (select json_agg(json_build_object('team', t.slug, 'from', floor(extract(epoch from w.valid_from) * 1000))
            order by w.valid_from)
          from repository_owner w join team t on t.id = w.team_id
          where w.org_id = r.org_id and w.repo_id = r.id) as owners,
        (select json_object_agg(slug, id) from team where org_id = r.org_id) as teams,
        (select json_agg(json_build_object('person', m.person_id, 'team', t.slug,
            'from', floor(extract(epoch from m.valid_from) * 1000), 'to', floor(extract(epoch from m.valid_to) * 1000))
            order by m.valid_from, m.team_id, m.person_id)
          from team_member m join team t on t.id = m.team_id where m.org_id = r.org_id) as memberships
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
  const memberships = row.memberships ?? [];
  const corrections = await loadCorrections(client, { orgId: key.orgId, repoId: row.id });
  const said = corrections.size === 0 ? {} : { corrections: [...corrections] };
  const { rules } = await readRules(key.orgId, client);
  const own = rules === null ? {} : { rules };
  const basis = { timeZone: row.time_zone, owners, ...said, ...own };
  return {
    ...key,
    repoId: row.id,
    owners,
    importedHead: row.head_sha,
    teamIds: new Map(Object.entries(row.teams ?? {})),
    roster: new Roster(memberships, memberships.length === 0 ? new Map() : await loadIdentities(client, key.orgId)),
    corrections,
    takenBack: byPullRequest(await loadTakenBack(client, { orgId: key.orgId, repoId: row.id })),
    rules: ruleSetOf(rules),
    // Where nobody is in a team nothing of it is asked for.
    basis: JSON.stringify(
      memberships.length === 0 ? basis : { ...basis, roster: await rosterBasis(client, key.orgId) },
    ),
  };
}

async function loadIdentities(client: PoolClient, orgId: number): Promise<Map<string, number>> {
  const rows = await query<{ identity: string; person: number }>(
    sql`select identity, person_id as person from person_identity where org_id = ${orgId}
      union all
      select 'named:' || substr(i.identity, 7), i.person_id from person_identity i
      where i.org_id = ${orgId} and i.identity like 'login:%' and not exists (
        select from person_identity o where o.org_id = i.org_id and o.person_id = i.person_id and o.identity like 'id:%')`,
    client,
  );
  return new Map(rows.map(({ identity, person }) => [identity, person]));
}
