import { DAY_SECONDS, EXCLUSION_CODE, SETTLE_SECONDS } from "@/lib/core/dimensions";
import { showsSign } from "@/lib/metrics/adverse-signs";
import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import type { PullRequestListQuery } from "@/lib/metrics/list-schema";
import { findMetric } from "@/lib/metrics/registry";
import { compileRowFilter } from "@/lib/metrics/scan/filter";
import { firstRowAt } from "@/lib/metrics/scan/stretches";
import { rowsBehind } from "./counted-rows";
import type { ListFrame } from "./list-frame";
import { rowBuffer } from "./row-buffer";

const WINDOW_SECONDS = { "24h": DAY_SECONDS, "7d": 7 * DAY_SECONDS } as const;

type RowConditions = Pick<
  PullRequestListQuery,
  "among" | "counted" | "metric" | "part" | "rolledBack" | "sign" | "window" | "within"
>;

/** Up to when pull requests are mature for a window, by position of their repository (metrics.md G8). */
function matureUntil(table: FactTable, { selection }: ListFrame, window: keyof typeof WINDOW_SECONDS): Float64Array {
  const ends = new Map(selection.repos.map(({ coverage, id }) => [id, coverage.to.getTime()]));
  const age = (WINDOW_SECONDS[window] + SETTLE_SECONDS) * 1000;
  return Float64Array.from(table.repos, (id) => (ends.get(id) ?? Number.NEGATIVE_INFINITY) - age);
}

/** The marks of what passes; null when all of it does. */
function unlessAll(marks: Uint8Array | null): Uint8Array | null {
  return marks?.every((mark) => mark === 1) === true ? null : marks;
}

/** The profiles that pass the filters, inside of the population or outside of it when the list asks for that. */
function passingProfiles(
  { profiles }: FactTable,
  filtered: Uint8Array | null,
  counted: boolean | undefined,
): Uint8Array | null {
  if (counted === undefined) return filtered;
  return Uint8Array.from(profiles, ({ exclusion }, position) =>
    (exclusion === EXCLUSION_CODE.none) === counted ? (filtered?.[position] ?? 1) : 0,
  );
}

/** The rows of a table that pass the filters of a list, in the order of the table; they are in the row buffer. */
export function passingRows(table: FactTable, frame: ListFrame, conditions: RowConditions): Uint32Array {
  const { counted, metric, part, rolledBack, window } = conditions;
  const { from, selection, to } = frame;
  const filter = compileRowFilter(table, selection.repos, selection.narrowings);
  const repos = unlessAll(filter.repo);
  const teams = unlessAll(filter.team);
  const profiles = unlessAll(passingProfiles(table, filter.profile, counted));
  const definition = metric === undefined ? undefined : findMetric(metric);
  const isBehind = definition === undefined ? null : rowsBehind(table, definition, selection, part);
  const isShown = showsSign(table, conditions);
  const latest = window === undefined ? null : matureUntil(table, frame, window);
  const within = window === undefined ? Number.POSITIVE_INFINITY : WINDOW_SECONDS[window];
  const first = from === null ? 0 : firstRowAt(table, from.getTime());
  const end = to === null ? table.length : firstRowAt(table, to.getTime());
  const { mergedAt, profile, repo, rollbackSeconds, team } = table;
  const rows = rowBuffer(Math.max(0, end - first));
  let count = 0;
  for (let row = first; row < end; row += 1) {
    if (repos !== null && repos[repo[row] as number] !== 1) continue;
    if (teams !== null && teams[team[row] as number] !== 1) continue;
    if (profiles !== null && profiles[profile[row] as number] !== 1) continue;
    if (latest !== null && (mergedAt[row] as number) > (latest[repo[row] as number] as number)) continue;
    if (rolledBack !== undefined) {
      const seconds = rollbackSeconds[row] as number;
      if ((seconds !== MISSING && seconds <= within) !== rolledBack) continue;
    }
    if (isBehind !== null && !isBehind(row)) continue;
    if (isShown !== null && !isShown(row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}
