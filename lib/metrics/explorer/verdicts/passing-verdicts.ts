import type { Scope } from "@/lib/auth/scope";
import { REVERT_KINDS } from "@/lib/core/dimensions";
import type { ListFrame } from "@/lib/metrics/explorer/list-frame";
import { rowBuffer } from "@/lib/metrics/explorer/row-buffer";
import type { RollbackListQuery } from "@/lib/metrics/list-schema";
import { compileRowFilter } from "@/lib/metrics/scan/filter";
import { NO_PULL_REQUEST, type VerdictTable } from "./verdict-table";

/** Marks (1) the positions of some teams; never that of none. */
function marksOf(teams: readonly (number | null)[], allowed: readonly number[]): Uint8Array {
  const ids = new Set<number | null>(allowed);
  return Uint8Array.from(teams, (id) => Number(ids.has(id)));
}

/** The rows of a table of verdicts that pass the filters of a list; they are in the row buffer. */
export function passingVerdicts(
  table: VerdictTable,
  { from, selection, to }: ListFrame,
  { by, kind: kinds }: Pick<RollbackListQuery, "by" | "kind">,
  teams: Scope["teams"],
): Uint32Array {
  const { narrowings, repos } = selection;
  const filter = compileRowFilter(table.dictionaries, repos, narrowings);
  const wanted = Uint8Array.from(REVERT_KINDS, (kind) => Number(kinds.includes(kind)));
  const earliest = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const end = to?.getTime() ?? Number.POSITIVE_INFINITY;
  const visible = teams === "all" ? null : marksOf(table.dictionaries.teams, teams);
  const hasPeriod = from !== null || to !== null;
  const aboutPullRequests = narrowings.size > 0;
  const { kind, length, profile, repo, team } = table;
  const times = by === "revert" ? table.revertedAt : table.mergedAt;
  const rows = rowBuffer(length);
  let count = 0;
  for (let row = 0; row < length; row += 1) {
    if (visible !== null && (profile[row] === NO_PULL_REQUEST || visible[team[row] as number] !== 1)) continue;
    if (wanted[kind[row] as number] !== 1 || filter.repo[repo[row] as number] !== 1) continue;
    if (hasPeriod) {
      const time = times[row] as number;
      // A time that is not known is in no period.
      if (!(time >= earliest && time < end)) continue;
    }
    if (aboutPullRequests) {
      const words = profile[row] as number;
      if (words === NO_PULL_REQUEST) continue;
      if ((filter.profile?.[words] ?? 1) !== 1 || (filter.team?.[team[row] as number] ?? 1) !== 1) continue;
    }
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}
