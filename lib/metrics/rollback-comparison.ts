import type { Scope } from "@/lib/auth/scope";
import { AUTHOR_KIND_CODE, DAY_SECONDS } from "@/lib/core/dimensions";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { cohortSource } from "./cohort";
import { loadDirectory } from "./directory";
import { resolvePeriod, resolveTimeZone } from "./period";
import { type ComparisonQuery, withoutEmpty } from "./schema";
import { selectPullRequests } from "./selection";
import { withSnapshot } from "./snapshot";
import { type StandardisedRate, type Stratum, standardise } from "./statistics/standardise";
import { wilsonInterval } from "./statistics/wilson";
import type { StandardisedComparison } from "./types";
import { categoryOf, sizeBucketNameOf } from "./vocabulary";

const WINDOW_SECONDS = { "24h": DAY_SECONDS, "7d": 7 * DAY_SECONDS } as const;

interface StratumRow {
  category: number;
  size_bucket: number;
  by_agent: boolean;
  n: number;
  k: number;
  immature: number;
}

function strataOf(rows: readonly StratumRow[]): Stratum[] {
  const strata = new Map<string, Stratum>();
  for (const { category, size_bucket, by_agent, k, n } of rows) {
    const key = `${categoryOf(category)}/${sizeBucketNameOf(size_bucket)}`;
    const stratum = strata.get(key) ?? { key, first: { k: 0, n: 0 }, second: { k: 0, n: 0 } };
    strata.set(key, by_agent ? { ...stratum, first: { k, n } } : { ...stratum, second: { k, n } });
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

/**
 * Agents (with assisted) against people: the share of mature pull requests rolled back within a window, crude and
 * standardised to the pooled mix of task category and size (metrics.md G12). Strata that only one side has are left
 * out and counted.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export async function runRollbackComparison(scope: Scope, query: ComparisonQuery): Promise<StandardisedComparison> {
  const rows = await withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const selection = selectPullRequests(directory, withoutEmpty(query.filters));
    const period = await resolvePeriod(client, query, await resolveTimeZone(client, query.timeZone, selection.orgs));
    const window = WINDOW_SECONDS[query.window];
    return run<StratumRow>(
      sql`select f.category, f.size_bucket, f.author_kind <> ${AUTHOR_KIND_CODE.human} as by_agent,
          count(*) filter (where f.merged_at <= r.m0) as n,
          count(*) filter (where f.merged_at <= r.m0 and f.rollback_seconds <= ${window}) as k,
          count(*) filter (where f.merged_at > r.m0) as immature
        ${cohortSource(selection, period, { byKind: true, window })} and f.author_kind <> ${AUTHOR_KIND_CODE.automation}
        group by 1, 2, 3 order by 1, 2, 3`,
      client,
    );
  });
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
