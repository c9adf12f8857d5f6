import type { Scope } from "@/lib/auth/scope";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import type { Ranking } from "./people/types";
import { runMetricsQuery } from "./query";
import type { RankingQuery } from "./schema";
import { shrinkRates } from "./statistics/empirical-bayes";

/**
 * The rates of teams, each pulled to that of all of them by as much as chance could have moved it (metrics.md G11): small
 * teams would else stand at both ends of any order. Teams without anything to rate are left out.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function runRanking(scope: Scope, query: RankingQuery): Promise<Ranking> {
  const { metric, ...rest } = query;
  const answer = await runMetricsQuery(scope, { ...rest, metrics: [metric], groupBy: ["team"], grain: null });
  const teams = (answer.results[0]?.rows ?? []).flatMap(({ group, k, n, value }) =>
    k === null || n === null || n === 0 || value === null || group.team === UNASSIGNED_TEAM
      ? []
      : [{ team: group.team ?? "", k, n, crude: value }],
  );
  const shrunk = shrinkRates(teams);
  return {
    asOf: answer.asOf,
    metric,
    pooled: shrunk?.pooled ?? null,
    differ: shrunk !== null && shrunk.rho > 0,
    teams: teams.map((team, index) => {
      const rate = shrunk?.rates[index];
      return {
        ...team,
        estimate: rate?.rate ?? null,
        lo: rate?.interval?.lo ?? null,
        hi: rate?.interval?.hi ?? null,
      };
    }),
  };
}
