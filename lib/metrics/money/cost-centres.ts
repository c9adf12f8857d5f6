import type { CostCentre } from "@/lib/core/cost-files";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** Which cost centre a team is of, from a day to another. */
export interface TeamCentre extends Omit<CostCentre, "org" | "team" | "at"> {
  orgId: number;
  teamId: number;
  at: Date;
}

/** Reads all of them; of a team the one that begins last first. */
export function loadCostCentres(client: Queryable): Promise<TeamCentre[]> {
  return query<TeamCentre>(
    sql`select id, org_id as "orgId", team_id as "teamId", code, name, valid_from::text as "validFrom",
        valid_to::text as "validTo", entered_by as by, entered_at as at
      from cost_centre order by team_id, valid_from desc`,
    client,
  );
}

/** Finds the cost centre of a team on a day. */
export class CentresOfTeams {
  private readonly teams = new Map<number, TeamCentre[]>();

  constructor(centres: readonly TeamCentre[]) {
    for (const centre of centres) {
      const own = this.teams.get(centre.teamId);
      if (own === undefined) this.teams.set(centre.teamId, [centre]);
      else own.push(centre);
    }
  }

  /** null: of none. @param day `2026-01-31` */
  on(teamId: number, day: string): TeamCentre | null {
    const own = this.teams.get(teamId);
    return own?.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo)) ?? null;
  }
}
