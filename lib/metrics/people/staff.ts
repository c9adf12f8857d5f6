import type { Scope } from "@/lib/auth/scope";
import { ROLLOUT_PHASES, type RolloutPhase, SENIORITIES, type Seniority } from "@/lib/core/rollout-words";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** Somebody's time in a team, in milliseconds; `to` null: still. */
export interface RosterEntry {
  orgId: number;
  teamId: number;
  person: number;
  from: number;
  to: number | null;
  /** Share of a working week, above 0 and at most 1. */
  fte: number;
  seniority: Seniority | null;
}

/** From which day on a team is in a phase of taking up agents. */
export interface PhaseEntry {
  orgId: number;
  teamId: number;
  phase: RolloutPhase;
  /** `YYYY-MM-DD`, in the zone of its organisation. */
  startsOn: string;
}

/** Who is in which team when, and how far each team has come with agents. */
export interface Staff {
  roster: readonly RosterEntry[];
  /** Oldest first. */
  phases: readonly PhaseEntry[];
}

function phaseOf(code: number): RolloutPhase {
  const phase = ROLLOUT_PHASES[code];
  if (phase === undefined) throw new Error(`The rollout phases hold the unknown code ${code}`);
  return phase;
}

/** Reads everybody, of every organisation. */
export async function loadStaff(client: Queryable): Promise<Staff> {
  const roster = await query<Omit<RosterEntry, "seniority"> & { code: number | null }>(
    sql`select org_id as "orgId", team_id as "teamId", person_id as person,
        floor(extract(epoch from valid_from) * 1000)::float8 as "from",
        floor(extract(epoch from valid_to) * 1000)::float8 as "to", fte::float8 as fte,
        seniority as code
      from team_member order by person_id, team_id, valid_from`,
    client,
  );
  const phases = await query<Omit<PhaseEntry, "phase"> & { code: number }>(
    sql`select org_id as "orgId", team_id as "teamId", phase as code, starts_on::text as "startsOn"
      from rollout_phase order by starts_on, phase, team_id`,
    client,
  );
  return {
    roster: roster.map(({ code, ...entry }) => ({
      ...entry,
      seniority: code === null ? null : (SENIORITIES[code] ?? null),
    })),
    phases: phases.map(({ code, ...phase }) => ({ ...phase, phase: phaseOf(code) })),
  };
}

/** The part that a scope may know of: whoever sees a few teams learns of nobody in another. */
export function staffInScope(staff: Staff, { organizations, teams }: Scope): Staff {
  if (organizations === "all" && teams === "all") return staff;
  const isVisible = ({ orgId, teamId }: { orgId: number; teamId: number }) =>
    (organizations === "all" || organizations.includes(orgId)) && (teams === "all" || teams.includes(teamId));
  return { roster: staff.roster.filter(isVisible), phases: staff.phases.filter(isVisible) };
}
