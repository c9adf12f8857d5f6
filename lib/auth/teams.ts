import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { TeamChoice } from "./types";

/** Every team that a user can be given, by organisation and name. */
export async function listTeamChoices(client?: Queryable): Promise<TeamChoice[]> {
  return query<TeamChoice & Record<string, unknown>>(
    sql`select t.id, t.name, o.slug as org from team t join organization o on o.id = t.org_id
      order by o.slug, t.name, t.id`,
    client,
  );
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
