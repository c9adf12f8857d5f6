import { AUTHOR_KIND_CODE, DAY_SECONDS, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { addDays, dayOf, startOfDay, startOfWeek } from "@/lib/core/zoned-time";
import type { FactTable } from "@/lib/metrics/columns/table";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";
import { firstRowAt } from "@/lib/metrics/scan/stretches";
import type { CoveredRepo } from "@/lib/metrics/selection";

const WEEKS = 26;
const WEEK_MS = 7 * DAY_SECONDS * 1000;

type WeeklyMerges = RepositoryHealth["weekly"];

const weeksBetween = (earlier: string, later: string) =>
  Math.round((Date.parse(later) - Date.parse(earlier)) / WEEK_MS);

/** Eligible pull requests by week and repository: a place is the week times the number of repositories plus its position. */
interface WeekCounts {
  merged: Int32Array;
  /** By agents, alone or with a person. */
  agent: Int32Array;
}

/** Counts `weeks` weeks of a calendar from a Monday on. */
function countWeeks(table: FactTable, timeZone: string, monday: string, weeks: number): WeekCounts {
  const repos = table.repos.length;
  const merged = new Int32Array(repos * weeks);
  const agent = new Int32Array(repos * weeks);
  const eligible = Uint8Array.from(table.profiles, ({ exclusion }) => Number(exclusion === EXCLUSION_CODE.none));
  const byAgent = Uint8Array.from(table.profiles, ({ authorKind }, position) => {
    const isAgent = authorKind === AUTHOR_KIND_CODE.agent || authorKind === AUTHOR_KIND_CODE.assisted;
    return isAgent ? (eligible[position] as number) : 0;
  });
  const startOf = (week: number) => firstRowAt(table, startOfDay(addDays(monday, week * 7), timeZone).getTime());
  let from = startOf(0);
  for (let week = 0; week < weeks; week += 1) {
    const to = startOf(week + 1);
    for (let row = from; row < to; row += 1) {
      const place = week * repos + (table.repo[row] as number);
      const profile = table.profile[row] as number;
      merged[place] = (merged[place] as number) + (eligible[profile] as number);
      agent[place] = (agent[place] as number) + (byAgent[profile] as number);
    }
    from = to;
  }
  return { merged, agent };
}

/**
 * Counts the eligible pull requests of an organisation's repositories by week of its calendar.
 * @param table null when there are none
 * @returns reads the last 26 weeks of one of the repositories up to its watermark, oldest first
 */
export function createWeeklyReader(
  table: FactTable | null,
  timeZone: string,
  repos: readonly CoveredRepo[],
): (repo: CoveredRepo) => WeeklyMerges {
  const firstWeekOf = ({ coverage }: CoveredRepo) =>
    addDays(startOfWeek(dayOf(coverage.to, timeZone)), -(WEEKS - 1) * 7);
  const daysOf = createMondayReader();
  const starts = repos.map(firstWeekOf).sort();
  const [earliest] = starts;
  const latest = starts.at(-1);
  if (table === null || earliest === undefined || latest === undefined) {
    return (repo) => weeksFrom(daysOf(firstWeekOf(repo)), () => ({ merged: 0, agent: 0 }));
  }
  const { agent, merged } = countWeeks(table, timeZone, earliest, weeksBetween(earliest, latest) + WEEKS);
  const positions = new Map(table.repos.map((id, position) => [id, position]));
  return (repo) => {
    const first = firstWeekOf(repo);
    const offset = weeksBetween(earliest, first);
    const position = positions.get(repo.id);
    return weeksFrom(daysOf(first), (week) => {
      if (position === undefined) return { merged: 0, agent: 0 };
      const place = (offset + week) * table.repos.length + position;
      return { merged: merged[place] ?? 0, agent: agent[place] ?? 0 };
    });
  };
}

/** Reads the Mondays of the weeks from one on; nearly all repositories of an organisation have the same. */
function createMondayReader(): (first: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (first) => {
    const days = known.get(first) ?? Array.from({ length: WEEKS }, (_, week) => addDays(first, week * 7));
    known.set(first, days);
    return days;
  };
}

function weeksFrom(
  mondays: readonly string[],
  countsOf: (week: number) => { merged: number; agent: number },
): WeeklyMerges {
  return mondays.map((week, index) => {
    const { agent, merged } = countsOf(index);
    return { week, merged, agent };
  });
}
