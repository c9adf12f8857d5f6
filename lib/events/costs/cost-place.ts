import { AppError } from "@/lib/core/errors";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** Whose files a caller enters and sees. */
export interface Reach {
  organizations: "all" | readonly number[];
}

/** An organisation as its costs need it; slugs and keys by themselves and by their names, in small letters. */
export interface Place {
  orgId: number;
  timeZone: string;
  teams: ReadonlyMap<string, string>;
  agents: ReadonlyMap<string, string>;
  /** By number and by name, in small letters. */
  centres: ReadonlyMap<string, readonly TeamCentre[]>;
}

/** What a team is of for some time. */
export interface TeamCentre {
  /** Slug. */
  team: string;
  validFrom: string;
  validTo: string | null;
}

const sees = ({ organizations }: Reach, orgId: number): boolean =>
  organizations === "all" || organizations.includes(orgId);

/**
 * The organisation that costs are of.
 * @throws {AppError} `not_found`
 */
export async function placeOf(reach: Reach, org: string): Promise<Place> {
  const [found] = await query<{ id: number; timeZone: string }>(
    sql`select id, time_zone as "timeZone" from organization where slug = ${org}`,
  );
  if (found === undefined || !sees(reach, found.id))
    throw new AppError({ code: "not_found", message: `There is no organisation ${org}.`, pointer: "/org" });
  const teams = await query<{ name: string; slug: string }>(
    sql`select name, slug from team where org_id = ${found.id}`,
  );
  const agents = await query<{ name: string; slug: string }>(sql`select name, key as slug from agent`);
  const centres = new Map<string, TeamCentre[]>();
  for (const { code, name, ...centre } of await query<TeamCentre & { code: string; name: string }>(
    sql`select t.slug as team, lower(c.code) as code, lower(c.name) as name, c.valid_from::text as "validFrom",
        c.valid_to::text as "validTo"
      from cost_centre c join team t on t.id = c.team_id where c.org_id = ${found.id} order by c.id`,
  )) {
    for (const key of new Set([code, name])) centres.set(key, [...(centres.get(key) ?? []), centre]);
  }
  const byName = (named: readonly { name: string; slug: string }[]) =>
    new Map(named.flatMap(({ name, slug }) => [[name.toLowerCase(), slug] as const, [slug, slug] as const]));
  return { orgId: found.id, timeZone: found.timeZone, teams: byName(teams), agents: byName(agents), centres };
}

/** Nobody else posts costs of the organisation until the transaction is over. */
export const holdAlone = (client: PoolClient, orgId: number) =>
  query(sql`select id from organization where id = ${orgId} for update`, client);
