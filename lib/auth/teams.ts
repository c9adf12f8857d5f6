import { AppError } from "@/lib/core/errors";
import { ROLLOUT_PHASES } from "@/lib/core/rollout-words";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { TeamChoice, TeamItem } from "./types";

/** Every team that a user can be given, by organisation and name. */
export async function listTeamChoices(client?: Queryable): Promise<TeamChoice[]> {
  return query<TeamChoice & Record<string, unknown>>(
    sql`select t.id, t.name, o.slug as org from team t join organization o on o.id = t.org_id
      order by o.slug, t.name, t.id`,
    client,
  );
}

/** Every team with its size, what it owns and who sees it, by organisation and name. */
export async function listTeams(): Promise<TeamItem[]> {
  const teams = await query<Omit<TeamItem, "phases"> & { phases: { code: number; startsOn: string }[] }>(
    sql`select t.id, t.name, t.slug, o.slug as org, t.is_small as "isSmall",
        case when exists (select from team_member m where m.org_id = t.org_id and m.team_id = t.id)
          then (select count(*)::integer from team_member m
            where m.org_id = t.org_id and m.team_id = t.id and m.valid_to is null) end as members,
        (select count(*)::integer from (
          select distinct on (w.repo_id) w.team_id from repository_owner w
          where w.org_id = t.org_id and w.valid_from <= now() order by w.repo_id, w.valid_from desc
        ) w where w.team_id = t.id) as repositories,
        array(select u.name from user_team g join app_user u on u.id = g.user_id
          where g.team_id = t.id and u.disabled_at is null and u.role in ('lead', 'viewer') order by u.name) as "seenBy",
        coalesce((select json_agg(json_build_object('code', p.phase, 'startsOn', p.starts_on::text) order by p.starts_on, p.phase)
          from rollout_phase p where p.org_id = t.org_id and p.team_id = t.id), '[]') as phases
      from team t join organization o on o.id = t.org_id order by o.slug, t.name, t.id`,
  );
  return teams.map(({ phases, ...team }) => ({
    ...team,
    phases: phases.flatMap(({ code, startsOn }) => {
      const phase = ROLLOUT_PHASES[code];
      return phase === undefined ? [] : { phase, startsOn };
    }),
  }));
}

/** Names of teams by id, for lists. */
export async function teamsById(client?: Queryable): Promise<ReadonlyMap<number, TeamChoice>> {
  return new Map((await listTeamChoices(client)).map((team) => [team.id, team]));
}

/** Names as the audit log keeps them: they are to be read when the teams may be gone. */
export async function teamNames(teamIds: readonly number[], client?: Queryable): Promise<string[]> {
  const teams = await teamsById(client);
  return teamIds.map((id) => teams.get(id)?.name ?? String(id));
}

/** @throws {AppError} `unprocessable` with the pointer of an id that no team has */
export async function assertTeams(teamIds: readonly number[]): Promise<void> {
  const known = await teamsById();
  const at = teamIds.findIndex((id) => !known.has(id));
  if (at < 0) return;
  throw new AppError({
    code: "unprocessable",
    message: `There is no team with the id ${teamIds[at]}.`,
    pointer: `/teamIds/${at}`,
  });
}
