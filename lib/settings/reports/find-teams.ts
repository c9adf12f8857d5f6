import { refuseCsv } from "@/lib/core/csv-records";
import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** An organisation and the ids of its teams by slug and by name, in small letters. */
export interface KnownTeams {
  orgId: number;
  /** @throws {AppError} that names the line where no team is called so */
  idOf: (team: string | null, line: number) => number | null;
}

/** @throws {AppError} `not_found` when there is no such organisation */
export async function findTeams(org: string, client: Queryable): Promise<KnownTeams> {
  const [found] = await query<{ id: number }>(sql`select id from organization where slug = ${org}`, client);
  if (found === undefined) throw new AppError({ code: "not_found", message: `There is no organisation ${org}.` });
  const teams = await query<{ id: number; name: string; slug: string }>(
    sql`select id, name, slug from team where org_id = ${found.id}`,
    client,
  );
  const byName = new Map(
    teams.flatMap(({ id, name, slug }) => [[slug, id] as const, [name.toLowerCase(), id] as const]),
  );
  return {
    orgId: found.id,
    idOf: (team, line) => {
      if (team === null) return null;
      const id = byName.get(team.toLowerCase());
      return id ?? refuseCsv(line, "team", `there is no team “${team}”.`);
    },
  };
}
