import { AppError } from "@/lib/core/errors";
import { ROLLOUT_PHASE_LABEL, ROLLOUT_PHASES, type RolloutPhase } from "@/lib/core/rollout-words";
import { getPool, type Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** From which day on a team is in a phase: `YYYY-MM-DD`, in the zone of its organisation. */
export interface PhaseStart {
  phase: RolloutPhase;
  startsOn: string;
}

/** Makes these the phases of a team; those that are not among them are forgotten. */
export async function setRolloutPhases(
  client: Queryable,
  { orgId, teamId }: { orgId: number; teamId: number },
  phases: readonly PhaseStart[],
): Promise<void> {
  await execute(
    sql`with given as (
        select phase, starts_on from unnest(${phases.map(({ phase }) => ROLLOUT_PHASES.indexOf(phase))}::smallint[],
          ${phases.map(({ startsOn }) => startsOn)}::date[]) as g (phase, starts_on)
      ), forgotten as (
        delete from rollout_phase where org_id = ${orgId} and team_id = ${teamId} and phase not in (select phase from given)
      )
      insert into rollout_phase (org_id, team_id, phase, starts_on)
      select ${orgId}, ${teamId}, phase, starts_on from given
      on conflict (org_id, team_id, phase) do update set starts_on = excluded.starts_on
        where rollout_phase.starts_on <> excluded.starts_on`,
    client,
  );
}

/**
 * The same for a team by its name.
 * @throws {AppError} `not_found`, or `unprocessable` when a phase begins before the one before it
 */
export async function enterRolloutPhases({
  org,
  phases,
  team,
}: {
  org: string;
  team: string;
  phases: readonly PhaseStart[];
}): Promise<void> {
  assertInOrder(phases);
  const [found] = await query<{ orgId: number; teamId: number }>(
    sql`select t.org_id as "orgId", t.id as "teamId" from team t join organization o on o.id = t.org_id
      where o.slug = ${org} and t.slug = ${team}`,
  );
  if (found === undefined) throw new AppError({ code: "not_found", message: `There is no team ${org}/${team}.` });
  await setRolloutPhases(getPool(), found, phases);
}

function assertInOrder(phases: readonly PhaseStart[]): void {
  const sorted = [...phases].sort((a, b) => ROLLOUT_PHASES.indexOf(a.phase) - ROLLOUT_PHASES.indexOf(b.phase));
  for (const [index, { phase, startsOn }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined || before.startsOn <= startsOn) continue;
    throw new AppError({
      code: "unprocessable",
      message: `${ROLLOUT_PHASE_LABEL[phase]} begins on ${startsOn}, before ${ROLLOUT_PHASE_LABEL[before.phase].toLowerCase()} on ${before.startsOn}.`,
      pointer: `/phases/${phases.findIndex((one) => one.phase === phase)}/startsOn`,
    });
  }
}
