import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { Milestone } from "./types";

/** What a scope may see: what is of everybody, and what is of its teams. */
function visible({ organizations, teams }: Scope): Sql {
  const ofOrgs = organizations === "all" ? sql`true` : sql`m.org_id = any(${[...organizations]}::integer[])`;
  const ofTeams = teams === "all" ? sql`true` : sql`(m.team_id is null or m.team_id = any(${[...teams]}::integer[]))`;
  return sql`${ofOrgs} and ${ofTeams}`;
}

/** What was changed and when, the latest first. */
export async function listMilestones(scope: Scope): Promise<Milestone[]> {
  return query<Milestone>(
    sql`select m.id, o.slug as org, t.slug as team, m.on_day::text as day, m.kind, m.title, m.created_by as by
      from milestone m join organization o on o.id = m.org_id left join team t on t.id = m.team_id
      where ${visible(scope)} order by m.on_day desc, m.id desc`,
  );
}

/**
 * Marks a day.
 * @returns its id
 * @throws {AppError} `not_found` where there is no such organisation or team in the scope, `forbidden` where somebody of some
 * teams marks it for everybody
 */
export async function addMilestone(
  scope: Scope,
  { day, kind, org, team, title }: Omit<Milestone, "id" | "by">,
  by: string,
): Promise<number> {
  const [found] = await query<{ orgId: number; teamId: number | null }>(
    sql`select o.id as "orgId", t.id as "teamId" from organization o
      left join team t on t.org_id = o.id and t.slug = ${team} where o.slug = ${org}`,
  );
  const seesOrg = found !== undefined && (scope.organizations === "all" || scope.organizations.includes(found.orgId));
  if (!seesOrg) throw new AppError({ code: "not_found", message: `There is no organisation ${org}.`, pointer: "/org" });
  const seesTeam = found.teamId !== null && (scope.teams === "all" || scope.teams.includes(found.teamId));
  if (team !== null && !seesTeam) {
    throw new AppError({ code: "not_found", message: `There is no team ${org}/${team}.`, pointer: "/team" });
  }
  if (team === null && scope.teams !== "all") {
    throw new AppError({ code: "forbidden", message: "Name one of your teams: this would be for everybody." });
  }
  return insertMilestone({ orgId: found.orgId, teamId: team === null ? null : found.teamId }, { day, kind, title, by });
}

/** Stores the mark of a day. @returns its id */
export async function insertMilestone(
  { orgId, teamId }: { orgId: number; teamId: number | null },
  { by, day, kind, title }: Pick<Milestone, "day" | "kind" | "title" | "by">,
): Promise<number> {
  const [row] = await query<{ id: number }>(
    sql`insert into milestone (org_id, team_id, on_day, kind, title, created_by)
      values (${orgId}, ${teamId}, ${day}::date, ${kind}, ${title}, ${by}) returning id`,
  );
  if (row === undefined) throw new Error("A milestone was not stored");
  return row.id;
}

/** Takes a mark away; one for everybody only whoever sees every team. @throws {AppError} `not_found` */
export async function removeMilestone(scope: Scope, id: string): Promise<void> {
  const own = scope.teams === "all" ? sql`true` : sql`m.team_id is not null`;
  const removed = /^\d{1,9}$/.test(id)
    ? await execute(sql`delete from milestone m where m.id = ${Number(id)}::integer and ${visible(scope)} and ${own}`)
    : 0;
  if (removed === 0) throw new AppError({ code: "not_found", message: `There is no milestone ${id} of yours.` });
}
