import { DAY_SECONDS } from "@/lib/core/dimensions";
import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import type { Period } from "@/lib/metrics/period";
import type { Selection } from "@/lib/metrics/selection";
import { sortWholeNumbers } from "@/lib/metrics/statistics/sort-whole-numbers";
import { type CohortFilter, compileCohort } from "./cohort-rows";
import type { GroupSpace } from "./group-space";

/** Pull requests are watched for so long, at most. */
export const HORIZON_SECONDS = 30 * DAY_SECONDS;

const NONE = -1;
const SEVERAL = -2;

/**
 * When the pull requests of one group were rolled back, or were watched for the last time, in whole seconds since
 * their merge. A part of a second behind the last look changes nothing: rollbacks are known to the second, and come
 * before the last look in the same one.
 */
export class GroupTimes {
  /** Watched to the horizon without a rollback: most of them. */
  stayed = 0;
  /** Twice the seconds, and 1 more where nothing had happened until then: the order of an estimate's steps. */
  keys = new Int32Array(64);
  length = 0;

  add(key: number): void {
    if (this.length === this.keys.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.keys);
      this.keys = larger;
    }
    this.keys[this.length] = key;
    this.length += 1;
  }

  sort(): void {
    sortWholeNumbers(this.keys, this.length);
  }
}

/** The groups of rows by their position in the one dictionary that the only dimension of a space is about. */
interface RowGroups {
  axis: "repo" | "team" | "profile";
  all: (readonly number[])[];
  /** The only group; `NONE` or `SEVERAL`. */
  only: Int32Array;
}

function rowGroupsOf(table: FactTable, space: GroupSpace): RowGroups {
  const [by] = space.groupBy;
  const axis = by === "org" || by === "repo" ? "repo" : by === "team" ? "team" : "profile";
  const all =
    axis === "repo"
      ? table.repos.map((id) => space.ofRepo(table.orgId, id))
      : axis === "team"
        ? table.teams.map((id) => space.ofTeam(id))
        : table.profiles.map((profile) => space.ofProfile(profile));
  return { axis, all, only: Int32Array.from(all, (groups) => (groups.length > 1 ? SEVERAL : (groups[0] ?? NONE))) };
}

/**
 * The times of every eligible pull request of a period that the selection lets through, by group.
 * @param space of one dimension at most
 */
export function cohortTimes(
  tables: readonly FactTable[],
  selection: Selection,
  period: Period,
  space: GroupSpace,
): Map<number, GroupTimes> {
  const times: GroupTimes[] = Array.from({ length: space.size }, () => new GroupTimes());
  for (const table of tables) {
    const cohort = compileCohort(table, selection, period, space.groupBy.includes("authorKind"));
    addTimes(times, table, cohort, rowGroupsOf(table, space));
  }
  const seen = times.flatMap((own, group) => (own.length + own.stayed > 0 ? [[group, own] as const] : []));
  for (const [, own] of seen) own.sort();
  return new Map(seen);
}

function addTimes(
  times: readonly GroupTimes[],
  table: FactTable,
  { from, profiles, repos, teams, to, watchedUntil }: CohortFilter,
  { all, axis, only }: RowGroups,
): void {
  const { mergedAt, profile, repo, rollbackSeconds, team, unclearSeconds } = table;
  const positions = table[axis];
  const horizon = HORIZON_SECONDS * 1000;
  for (let row = from; row < to; row += 1) {
    if (profiles[profile[row] as number] === 0) continue;
    const ofRepo = repo[row] as number;
    if (repos[ofRepo] === 0 || (teams !== null && teams[team[row] as number] === 0)) continue;
    const watched = Math.min((watchedUntil[ofRepo] as number) - (mergedAt[row] as number), horizon);
    const group = only[positions[row] as number] as number;
    // Of what an older version took back with others it is not known whether it happened to this one.
    if (watched < 0 || group === NONE || unclearSeconds[row] !== MISSING) continue;
    const seconds = rollbackSeconds[row] as number;
    const isEvent = seconds !== MISSING && seconds * 1000 <= watched;
    const key = isEvent ? seconds * 2 : watched === horizon ? NONE : Math.floor(watched / 1000) * 2 + 1;
    if (group >= 0) note(times[group] as GroupTimes, key);
    else for (const one of all[positions[row] as number] ?? []) note(times[one] as GroupTimes, key);
  }
}

function note(times: GroupTimes, key: number): void {
  if (key === NONE) times.stayed += 1;
  else times.add(key);
}
