import { AUTHOR_KIND_CODE, EXCLUSION_CODE, SETTLE_SECONDS } from "@/lib/core/dimensions";
import type { FactTable } from "@/lib/metrics/columns/table";
import type { Period } from "@/lib/metrics/period";
import type { Selection } from "@/lib/metrics/selection";
import { compileRowFilter } from "./filter";
import { firstRowAt } from "./stretches";

/** Which rows of a table a cohort consists of: those `from … to − 1` whose repository, team and profile are marked. */
export interface CohortFilter {
  from: number;
  to: number;
  repos: Uint8Array;
  /** null: every team. */
  teams: Uint8Array | null;
  profiles: Uint8Array;
  /** By repository: when its pull requests could be watched for the last time (watermark less the settle time), in ms. */
  watchedUntil: Float64Array;
}

/**
 * Finds the eligible pull requests of a period that the selection lets through: agent and assisted ones, unless author
 * kinds are told apart or chosen.
 */
export function compileCohort(
  table: FactTable,
  { narrowings, repos }: Selection,
  period: Period,
  byKind: boolean,
): CohortFilter {
  const everyKind = byKind || narrowings.has("authorKind");
  const filter = compileRowFilter(table, repos, narrowings);
  const ends = new Map(repos.map(({ coverage, id }) => [id, coverage.to.getTime() - SETTLE_SECONDS * 1000]));
  return {
    from: firstRowAt(table, period.from.getTime()),
    to: firstRowAt(table, period.to.getTime()),
    repos: filter.repo,
    teams: filter.team,
    profiles: Uint8Array.from(table.profiles, ({ authorKind, exclusion }, position) => {
      const byAgent = authorKind === AUTHOR_KIND_CODE.agent || authorKind === AUTHOR_KIND_CODE.assisted;
      const passes = filter.profile === null || filter.profile[position] === 1;
      return Number(passes && exclusion === EXCLUSION_CODE.none && (everyKind || byAgent));
    }),
    watchedUntil: Float64Array.from(table.repos, (id) => ends.get(id) ?? Number.NaN),
  };
}

/**
 * Passes every pull request of a cohort.
 * @param visit gets the row and the seconds from its merge until it could be watched no longer; negative for a row
 *   merged after that
 */
export function visitCohort(
  tables: readonly FactTable[],
  selection: Selection,
  period: Period,
  byKind: boolean,
  visit: (table: FactTable, row: number, watchedSeconds: number) => void,
): void {
  for (const table of tables) {
    const { from, profiles, repos, teams, to, watchedUntil } = compileCohort(table, selection, period, byKind);
    for (let row = from; row < to; row += 1) {
      const repo = table.repo[row] as number;
      if (repos[repo] === 0 || profiles[table.profile[row] as number] === 0) continue;
      if (teams !== null && teams[table.team[row] as number] === 0) continue;
      visit(table, row, ((watchedUntil[repo] as number) - (table.mergedAt[row] as number)) / 1000);
    }
  }
}
