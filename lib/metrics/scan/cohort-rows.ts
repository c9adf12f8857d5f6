import { AUTHOR_KIND_CODE, EXCLUSION_CODE, SETTLE_SECONDS } from "@/lib/core/dimensions";
import type { PullRequestTable } from "@/lib/metrics/columns/table";
import type { Period } from "@/lib/metrics/period";
import type { Selection } from "@/lib/metrics/selection";
import { compileRowFilter } from "./filter";
import { firstRowAt } from "./stretches";

/**
 * Passes every eligible pull request of a period that the selection lets through: agent and assisted ones, unless
 * author kinds are told apart or chosen.
 * @param visit gets the row and the seconds from its merge until it could be watched no longer (watermark less the
 *   settle time); negative for a row merged after that
 */
export function visitCohort(
  tables: readonly PullRequestTable[],
  { narrowings, repos }: Selection,
  period: Period,
  byKind: boolean,
  visit: (table: PullRequestTable, row: number, watchedSeconds: number) => void,
): void {
  const everyKind = byKind || narrowings.has("authorKind");
  for (const table of tables) {
    const filter = compileRowFilter(table, repos, narrowings);
    const profiles = Uint8Array.from(table.profiles, ({ authorKind, exclusion }, position) => {
      const byAgent = authorKind === AUTHOR_KIND_CODE.agent || authorKind === AUTHOR_KIND_CODE.assisted;
      const passes = filter.profile === null || filter.profile[position] === 1;
      return Number(passes && exclusion === EXCLUSION_CODE.none && (everyKind || byAgent));
    });
    const ends = new Map(repos.map(({ coverage, id }) => [id, coverage.to.getTime() - SETTLE_SECONDS * 1000]));
    const watchedUntil = Float64Array.from(table.repos, (id) => ends.get(id) ?? Number.NaN);
    const last = firstRowAt(table, period.to.getTime());
    for (let row = firstRowAt(table, period.from.getTime()); row < last; row += 1) {
      const repo = table.repo[row] as number;
      if (filter.repo[repo] === 0 || profiles[table.profile[row] as number] === 0) continue;
      if (filter.team !== null && filter.team[table.team[row] as number] === 0) continue;
      visit(table, row, ((watchedUntil[repo] as number) - (table.mergedAt[row] as number)) / 1000);
    }
  }
}
