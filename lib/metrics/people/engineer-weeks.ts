import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import type { Directory } from "@/lib/metrics/directory";
import type { Selection } from "@/lib/metrics/selection";
import type { Group } from "@/lib/metrics/types";
import type { RosterEntry, Staff } from "./staff";
import { createDayReader, WORKING_DAYS, weekdaysBefore } from "./working-days";

/** Days of the calendar since 1970, half-open, and how much of each is worked. */
interface Stretch {
  from: number;
  to: number;
  fte: number;
}

/** What somebody works in all of some teams together: at most one week a week. */
function stretchesOf(entries: readonly RosterEntry[], dayOfInstant: (instant: number) => number): Stretch[] {
  const spans = entries.map(({ fte, from, to }) => ({
    // The beginning of time stands for: nobody knows since when.
    from: from <= 0 ? Number.NEGATIVE_INFINITY : dayOfInstant(from),
    to: to === null ? Number.POSITIVE_INFINITY : dayOfInstant(to),
    fte,
  }));
  if (spans.length === 1) return spans;
  const cuts = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] as number;
    const fte = spans.reduce((sum, span) => (span.from <= from && to <= span.to ? sum + span.fte : sum), 0);
    return { from, to, fte: Math.min(1, fte) };
  });
}

/**
 * Tells how many engineer-weeks the people of a group have in a period (metrics.md 2.1, SQL S5): their share of a week for
 * each working day, Monday to Friday, that begins in it; null where nobody is on the roster. Who is in several teams counts
 * whole in each of them, and at most once in what holds them all.
 */
export function createEngineerWeeks(
  staff: Staff,
  { orgs: known, teams }: Directory,
  { narrowings, orgs }: Selection,
  timeZone: string,
): (group: Group, from: number, to: number) => number | null {
  const slugOfOrg = new Map(known.map(({ id, slug }) => [id, slug]));
  const slugOfTeam = new Map(teams.map(({ id, slug }) => [id, slug]));
  const selected = new Set(orgs.map(({ id }) => id));
  const narrowing = narrowings.get("team");
  const entries = staff.roster.filter(
    ({ orgId, teamId }) =>
      selected.has(orgId) && (narrowing === undefined || (narrowing.by === "team" && narrowing.ids.has(teamId))),
  );
  const dayOfInstant = createDayReader(timeZone);
  const byGroup = new Map<string, Stretch[]>();
  const stretches = ({ org, team }: Group): Stretch[] => {
    const key = JSON.stringify([org, team]);
    let own = byGroup.get(key);
    if (own === undefined) {
      const byPerson = new Map<number, RosterEntry[]>();
      for (const entry of team === UNASSIGNED_TEAM ? [] : entries) {
        if (org !== undefined && slugOfOrg.get(entry.orgId) !== org) continue;
        if (team !== undefined && slugOfTeam.get(entry.teamId) !== team) continue;
        byPerson.set(entry.person, [...(byPerson.get(entry.person) ?? []), entry]);
      }
      own = [...byPerson.values()].flatMap((some) => stretchesOf(some, dayOfInstant));
      byGroup.set(key, own);
    }
    return own;
  };
  return (group, from, to) => {
    const own = stretches(group);
    if (own.length === 0) return null;
    const [first, last] = [dayOfInstant(from), dayOfInstant(to)];
    let days = 0;
    for (const { fte, ...stretch } of own) {
      const [start, end] = [Math.max(first, stretch.from), Math.min(last, stretch.to)];
      if (start < end) days += fte * (weekdaysBefore(end) - weekdaysBefore(start));
    }
    return days / WORKING_DAYS;
  };
}
