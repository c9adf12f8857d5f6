import type { Scope } from "@/lib/auth/scope";
import { AUTHOR_KIND_CODE, DAY_SECONDS } from "@/lib/core/dimensions";
import { openFacts } from "./columns/store";
import { type FactTable, MISSING } from "./columns/table";
import { type Period, resolvePeriod, resolveTimeZone } from "./period";
import { visitCohort } from "./scan/cohort-rows";
import { type ComparisonQuery, withoutEmpty } from "./schema";
import { type Selection, selectPullRequests } from "./selection";
import { type StandardisedRate, type Stratum, standardise } from "./statistics/standardise";
import { wilsonInterval } from "./statistics/wilson";
import type { StandardisedComparison } from "./types";
import { categoryOf, sizeBucketNameOf } from "./vocabulary";

const WINDOW_SECONDS = { "24h": DAY_SECONDS, "7d": 7 * DAY_SECONDS } as const;

/** Pull requests of one category and size, by agents or by people. */
interface StratumCount {
  category: number;
  sizeBucket: number;
  byAgent: boolean;
  n: number;
  k: number;
  immature: number;
}

function strataOf(counts: readonly StratumCount[]): Stratum[] {
  const strata = new Map<string, Stratum>();
  for (const { byAgent, category, k, n, sizeBucket } of counts) {
    const key = `${categoryOf(category)}/${sizeBucketNameOf(sizeBucket)}`;
    const stratum = strata.get(key) ?? { key, first: { k: 0, n: 0 }, second: { k: 0, n: 0 } };
    const side = byAgent ? stratum.first : stratum.second;
    side.k += k;
    side.n += n;
    strata.set(key, stratum);
  }
  return [...strata.values()].filter(({ first, second }) => first.n + second.n > 0);
}

type Arm = StandardisedComparison["arms"][number];

const NONE = { value: null, lo: null, hi: null };

function armOf(
  arm: Arm["arm"],
  pick: (stratum: Stratum) => { k: number; n: number },
  { strata, dropped, rate }: { strata: Stratum[]; dropped: Stratum[]; rate: StandardisedRate | undefined },
): Arm {
  const sum = (list: readonly Stratum[], field: "k" | "n") =>
    list.reduce((total, stratum) => total + pick(stratum)[field], 0);
  const [k, n] = [sum(strata, "k"), sum(strata, "n")];
  const crude = wilsonInterval(k, n);
  return {
    arm,
    crude: { ...(crude === null ? NONE : { value: crude.p, lo: crude.lo, hi: crude.hi }), k, n },
    standardised: rate === undefined ? NONE : { value: rate.rate, lo: rate.lo, hi: rate.hi },
    dropped: sum(dropped, "n"),
  };
}

function countStrata(
  tables: readonly FactTable[],
  selection: Selection,
  period: Period,
  window: number,
): StratumCount[] {
  const counts = new Map<string, StratumCount>();
  const ofProfile = new Map(
    tables.map((table) => [
      table,
      table.profiles.map(({ authorKind, category, sizeBucket }) => {
        if (authorKind === AUTHOR_KIND_CODE.automation) return null;
        const byAgent = authorKind !== AUTHOR_KIND_CODE.human;
        const key = `${category} ${sizeBucket} ${byAgent}`;
        const count = counts.get(key) ?? { category, sizeBucket, byAgent, n: 0, k: 0, immature: 0 };
        counts.set(key, count);
        return count;
      }),
    ]),
  );
  visitCohort(tables, selection, period, true, (table, row, watched) => {
    const count = ofProfile.get(table)?.[table.profile[row] as number];
    if (count == null) return;
    if (watched < window) {
      count.immature += 1;
      return;
    }
    const [seconds, unclear] = [table.rollbackSeconds[row] as number, table.unclearSeconds[row] as number];
    if (unclear !== MISSING && unclear <= window) return;
    count.n += 1;
    if (seconds !== MISSING && seconds <= window) count.k += 1;
  });
  // In a fixed order, so that sums of floats do not depend on who came first.
  return [...counts.values()].sort((a, b) => a.category - b.category || a.sizeBucket - b.sizeBucket);
}

/**
 * Agents (with assisted) against people: the share of mature pull requests rolled back within a window, crude and
 * standardised to the pooled mix of task category and size (metrics.md G12). Strata that only one side has are left
 * out and counted.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export async function runRollbackComparison(scope: Scope, query: ComparisonQuery): Promise<StandardisedComparison> {
  const view = await openFacts(scope);
  const selection = selectPullRequests(view.directory, withoutEmpty(query.filters));
  const period = resolvePeriod(query, resolveTimeZone(query.timeZone, selection.orgs));
  const tables = selection.orgs.flatMap(({ id }) => view.table(id) ?? []);
  const rows = countStrata(tables, selection, period, WINDOW_SECONDS[query.window]);
  const strata = strataOf(rows);
  const result = standardise(strata);
  const dropped = strata.filter(({ key }) => result?.weights.has(key) !== true);
  return {
    arms: [
      armOf("agent", ({ first }) => first, { strata, dropped, rate: result?.first }),
      armOf("human", ({ second }) => second, { strata, dropped, rate: result?.second }),
    ],
    difference:
      result === null
        ? { ...NONE, method: "none" }
        : { value: result.difference.diff, lo: result.difference.lo, hi: result.difference.hi, method: "mover" },
    cells: { used: result?.weights.size ?? 0, dropped: dropped.length },
    immature: rows.reduce((total, { immature }) => total + immature, 0),
  };
}
