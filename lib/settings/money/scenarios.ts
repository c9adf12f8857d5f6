import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { RoiScenario } from "@/lib/settings/types";

/** What a caller sees of scenarios: those of some organisations. */
interface Reach {
  organizations: "all" | readonly number[];
}

interface NewScenario {
  org: string;
  team: string | null;
  name: string;
  currency: string;
  inputs: Readonly<Record<string, string>>;
  why: string;
}

const seen = ({ organizations }: Reach) =>
  organizations === "all" ? sql`true` : sql`s.org_id = any(${[...organizations]}::integer[])`;

/** Every version of every scenario, the latest first; those that are offered no more are marked. */
export async function listScenarios(reach: Reach): Promise<RoiScenario[]> {
  const rows = await query<Omit<RoiScenario, "at"> & { at: Date }>(
    sql`select s.id, o.slug as org, t.slug as team, s.name, s.version, s.currency, s.inputs, s.why, s.created_by as by,
        s.created_at as at, s.removed_at is not null as "isRemoved"
      from roi_scenario s join organization o on o.id = s.org_id left join team t on t.id = s.team_id
      where ${seen(reach)} order by s.id desc limit 500`,
  );
  return rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() }));
}

/**
 * Keeps the inputs of the model under a name; under one that is there already as its next version, unless nothing of it is new.
 * @returns which version it is
 * @throws {AppError} `not_found`
 */
export async function keepScenario(
  reach: Reach,
  { currency, inputs, name, org, team, why }: NewScenario,
  by: string,
): Promise<{ id: number; version: number }> {
  return withTransaction(async (client) => {
    const [place] = await query<{ orgId: number; teamId: number | null }>(
      sql`select o.id as "orgId", t.id as "teamId"
        from organization o left join team t on t.org_id = o.id and t.slug = ${team}
        where o.slug = ${org} for update of o`,
      client,
    );
    const sees = place !== undefined && (reach.organizations === "all" || reach.organizations.includes(place.orgId));
    if (!sees) throw new AppError({ code: "not_found", message: `There is no organisation ${org}.`, pointer: "/org" });
    if (team !== null && place.teamId === null)
      throw new AppError({ code: "not_found", message: `There is no team ${org}/${team}.`, pointer: "/team" });
    const stored = JSON.stringify(inputs);
    const [latest] = await query<{ id: number; version: number; same: boolean }>(
      sql`select id, version,
          inputs = ${stored}::jsonb and currency = ${currency} and team_id is not distinct from ${place.teamId}::integer
            and removed_at is null as same
        from roi_scenario where org_id = ${place.orgId} and name = ${name} order by version desc limit 1`,
      client,
    );
    if (latest?.same === true) return { id: latest.id, version: latest.version };
    const [kept] = await query<{ id: number; version: number }>(
      sql`insert into roi_scenario (org_id, team_id, name, version, currency, inputs, why, created_by)
        values (${place.orgId}, ${place.teamId}, ${name}, ${(latest?.version ?? 0) + 1}, ${currency}, ${stored}::jsonb, ${why}, ${by})
        returning id, version`,
      client,
    );
    if (kept === undefined) throw new Error("A scenario was not stored");
    return kept;
  });
}

/**
 * Offers a scenario no more, in none of its versions; they stay as they were.
 * @returns its name and organisation
 * @throws {AppError} `not_found`
 */
export async function removeScenario(reach: Reach, id: string): Promise<{ name: string; org: string }> {
  const [found] = /^\d{1,9}$/.test(id)
    ? await query<{ name: string; org: string; orgId: number }>(
        sql`select s.name, o.slug as org, o.id as "orgId" from roi_scenario s join organization o on o.id = s.org_id
          where s.id = ${Number(id)}::integer and s.removed_at is null and ${seen(reach)}`,
      )
    : [];
  if (found === undefined) throw new AppError({ code: "not_found", message: `There is no scenario ${id}.` });
  await execute(
    sql`update roi_scenario set removed_at = now()
      where org_id = ${found.orgId} and name = ${found.name} and removed_at is null`,
  );
  return { name: found.name, org: found.org };
}
