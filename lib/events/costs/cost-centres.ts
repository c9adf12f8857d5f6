import { AppError } from "@/lib/core/errors";
import { addDays } from "@/lib/core/zoned-time";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { holdAlone, placeOf, type Reach } from "./cost-place";
import type { CostCentreInput } from "./schema";

const spanOf = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }): string =>
  validTo === null ? `since ${validFrom}` : `from ${validFrom} to ${validTo}`;

/**
 * Says which cost centre a team is of, from a day to another. What was said before changes nothing.
 * @param by who says it, as pages name them
 * @throws {AppError} `not_found`; `unprocessable` at `/team`, and at `/validFrom` where the team is of another one on one of the days
 */
export async function enterCostCentre(reach: Reach, entry: CostCentreInput, by: string): Promise<{ id: number }> {
  const { code, name, org, team, validFrom, validTo } = entry;
  const { orgId, teams } = await placeOf(reach, org);
  const refuse = (pointer: string, message: string) => new AppError({ code: "unprocessable", message, pointer });
  const slug = teams.get(team.toLowerCase());
  if (slug === undefined) throw refuse("/team", `There is no team “${team}”.`);
  return withTransaction(async (client) => {
    await holdAlone(client, orgId);
    const called = name === "" ? code : name;
    const [same] = await query<{ id: number }>(
      sql`select c.id from cost_centre c join team t on t.id = c.team_id
        where c.org_id = ${orgId} and t.slug = ${slug} and c.code = ${code} and c.name = ${called}
          and c.valid_from = ${validFrom}::date and c.valid_to is not distinct from ${validTo}::date`,
      client,
    );
    if (same !== undefined) return same;
    const [other] = await query<{ code: string; validFrom: string; validTo: string | null }>(
      sql`select c.code, c.valid_from::text as "validFrom", c.valid_to::text as "validTo"
        from cost_centre c join team t on t.id = c.team_id
        where c.org_id = ${orgId} and t.slug = ${slug} and c.valid_from <= coalesce(${validTo}::date, 'infinity')
          and coalesce(c.valid_to, 'infinity') >= ${validFrom}::date
        order by c.valid_from limit 1`,
      client,
    );
    if (other !== undefined)
      throw refuse(
        "/validFrom",
        `${team} is of ${other.code} ${spanOf(other)}: end that before it begins, or take it back.`,
      );
    const [row] = await query<{ id: number }>(
      sql`insert into cost_centre (org_id, team_id, code, name, valid_from, valid_to, entered_by)
        select ${orgId}, t.id, ${code}, ${called}, ${validFrom}::date, ${validTo}::date, ${by}
        from team t where t.org_id = ${orgId} and t.slug = ${slug}
        returning id`,
      client,
    );
    if (row === undefined) throw refuse("/team", `There is no team “${team}”.`);
    return { id: row.id };
  });
}

/**
 * Says until which day a team is of a cost centre, or takes that back as if it had never been.
 * @param validTo null: it is taken back
 * @throws {AppError} `not_found`; `unprocessable` at `/validTo` where it is before it began, or another one has begun by then
 */
export async function endCostCentre(
  reach: Reach,
  id: string,
  validTo: string | null,
): Promise<{ org: string; code: string; team: string }> {
  const [found] = /^\d{1,9}$/.test(id)
    ? await query<{
        id: number;
        org: string;
        orgId: number;
        code: string;
        team: string;
        teamId: number;
        validFrom: string;
      }>(
        sql`select c.id, o.slug as org, o.id as "orgId", c.code, t.slug as team, t.id as "teamId",
            c.valid_from::text as "validFrom"
          from cost_centre c join organization o on o.id = c.org_id join team t on t.id = c.team_id
          where c.id = ${Number(id)}::integer`,
      )
    : [];
  if (found === undefined) throw new AppError({ code: "not_found", message: `There is no cost centre ${id}.` });
  const { code, org, orgId, team, teamId, validFrom } = found;
  await placeOf(reach, org);
  const refuse = (message: string) => new AppError({ code: "unprocessable", message, pointer: "/validTo" });
  if (validTo !== null && validTo < validFrom) throw refuse(`It begins on ${validFrom} only.`);
  return withTransaction(async (client) => {
    await holdAlone(client, orgId);
    if (validTo === null) {
      await execute(sql`delete from cost_centre where id = ${found.id}`, client);
      return { org, code, team };
    }
    const [next] = await query<{ code: string; validFrom: string }>(
      sql`select code, valid_from::text as "validFrom" from cost_centre
        where team_id = ${teamId} and valid_from > ${validFrom}::date and valid_from <= ${validTo}::date
        order by valid_from limit 1`,
      client,
    );
    if (next !== undefined)
      throw refuse(
        `${team} is of ${next.code} since ${next.validFrom}: end it on ${addDays(next.validFrom, -1)} at the latest.`,
      );
    await execute(sql`update cost_centre set valid_to = ${validTo}::date where id = ${found.id}`, client);
    return { org, code, team };
  });
}
