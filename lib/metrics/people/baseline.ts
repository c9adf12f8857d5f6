import { AUTHOR_KIND_CODE, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { startOfDay } from "@/lib/core/zoned-time";
import type { FactView } from "@/lib/metrics/columns/store";
import type { FactTable } from "@/lib/metrics/columns/table";
import { firstRowAt } from "@/lib/metrics/scan/stretches";
import type { Selection } from "@/lib/metrics/selection";
import type { Group } from "@/lib/metrics/types";

/** What one developer merged a week, as people did before agents came. */
export interface Baseline {
  perWeek: number;
  /** Whether it is one's own; otherwise it is assumed. */
  isMeasured: boolean;
}

/** Weeks before a team began that are looked at (metrics.md 2.10). */
const WEEKS = 13;
const WEEK_MS = 7 * 86_400_000;
/** Fewer pull requests say too little of how many there usually were. */
const FEWEST = 30;
/** The published figure of a mid-level developer's lower end: what is assumed where nothing was measured. */
export const ASSUMED_BASELINE: Baseline = { perWeek: 8, isMeasured: false };

/** Eligible pull requests that people wrote alone, of one team, merged in a period. */
function mergedByPeople(table: FactTable, teamId: number, from: number, to: number): number {
  const counts = table.profiles.map(
    ({ authorKind, exclusion }) => authorKind === AUTHOR_KIND_CODE.human && exclusion === EXCLUSION_CODE.none,
  );
  const team = table.teams.indexOf(teamId);
  const last = firstRowAt(table, to);
  let count = 0;
  for (let row = firstRowAt(table, from); row < last; row += 1) {
    if (table.team[row] === team && counts[table.profile[row] as number] === true) count += 1;
  }
  return count;
}

/**
 * Tells what a developer of a group merged a week before agents came: of the teams that said when they began and that the roster
 * knows, the thirteen weeks before, if the data reach so far. Without enough of it the published figure is assumed.
 */
export function createBaseline(
  view: FactView,
  { narrowings, orgs }: Selection,
  engineerWeeks: (group: Group, from: number, to: number) => number | null,
  timeZone: string,
): (group: Group) => Baseline {
  const slugOfOrg = new Map(orgs.map(({ id, slug }) => [id, slug]));
  const teams = narrowings.get("team");
  const began = new Map<number, { orgId: number; at: number }>();
  for (const { orgId, phase, startsOn, teamId } of view.staff.phases) {
    if (phase === "planning" || began.has(teamId) || !slugOfOrg.has(orgId)) continue;
    if (teams?.by === "team" && !teams.ids.has(teamId)) continue;
    began.set(teamId, { orgId, at: startOfDay(startsOn, timeZone).getTime() });
  }
  const known = new Map<string, Baseline>();
  const measure = ({ org, team }: Group): Baseline => {
    let [merged, weeks] = [0, 0];
    for (const { id, orgId, slug } of view.directory.teams) {
      const start = began.get(id);
      const table = view.table(orgId);
      if (start === undefined || table === null) continue;
      if ((org !== undefined && slugOfOrg.get(orgId) !== org) || (team !== undefined && slug !== team)) continue;
      const from = start.at - WEEKS * WEEK_MS;
      if ((table.mergedAt[0] ?? Number.POSITIVE_INFINITY) > from) continue;
      const worked = engineerWeeks({ org: slugOfOrg.get(orgId) ?? "", team: slug }, from, start.at);
      if (worked === null || worked <= 0) continue;
      merged += mergedByPeople(table, id, from, start.at);
      weeks += worked;
    }
    return merged < FEWEST ? ASSUMED_BASELINE : { perWeek: merged / weeks, isMeasured: true };
  };
  return (group) => {
    const key = JSON.stringify([group.org, group.team]);
    let own = known.get(key);
    if (own === undefined) {
      own = measure(group);
      known.set(key, own);
    }
    return own;
  };
}
