import { OWNER } from "@/bench/company/company";
import { IndexOnlyCount } from "@/bench/database/index-only-count";
import type { Report } from "@/bench/report/report";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { openVerdicts } from "@/lib/metrics/explorer/verdicts/verdict-store";
import { runMetricsQueries, runMetricsQuery } from "@/lib/metrics/query";
import { findMetric, listMetrics } from "@/lib/metrics/registry";
import { randomStream } from "@/prisma/seed/random";
import { type QueryPeriod, queryCases } from "./cases";
import { interleave, type Question } from "./measure";
import { measureColdStart } from "./memory";
import { otherReports } from "./other-reports";
import { overviewQueries } from "./overview";
import type { Peer } from "./peers";
import { measuredDescriptors, PERCENTILE_METRICS } from "./percentile-metrics";
import { type QueryMeasurements, queriesReport } from "./queries-report";

const YEAR_MS = 52 * 7 * 86_400_000;

export interface QueriesOptions {
  seed: number;
  /** Questions in all. */
  cases: number;
  rounds: number;
  peers: readonly { name: string; peer: Peer }[];
}

/** The organisation of the benchmark. @throws {AppError} `not_found` before a load */
export async function benchOrganization(): Promise<number> {
  const [row] = await query<{ id: number }>(sql`select id from organization where slug = ${OWNER}`);
  if (row === undefined) throw new AppError({ code: "not_found", message: "Nothing is loaded: run the load first." });
  return row.id;
}

/** Twelve months that end with the data. */
export async function lastYear(): Promise<QueryPeriod> {
  const { span } = await readDimensionValues(SYSTEM_SCOPE);
  if (span === null) throw new AppError({ code: "not_found", message: "Nothing is loaded: run the load first." });
  const end = Date.parse(span.latest) + 1;
  return { from: new Date(end - YEAR_MS).toISOString(), to: new Date(end).toISOString() };
}

/** Asks every registered metric under all kinds of filters and groups, as `POST /api/v1/metrics/query` runs them. */
export async function measureQueries(options: QueriesOptions): Promise<QueryMeasurements> {
  const orgId = await benchOrganization();
  const scope = SYSTEM_SCOPE;
  // Before anything else asks for the facts.
  const cold = await measureColdStart(scope, orgId);
  // A web server loads the verdicts when it starts, too: no page waits for them.
  await openVerdicts();
  const random = randomStream(options.seed, "queries");
  const metrics = listMetrics();
  const period = await lastYear();
  const find = (id: string) => findMetric(id) ?? PERCENTILE_METRICS.find(({ descriptor }) => descriptor.id === id);
  const cases = queryCases(measuredDescriptors(), await readDimensionValues(scope), period, options.cases, random);
  const overview = overviewQueries(metrics, period);
  const [count] = await query<{ rows: number }>(
    sql`select count(*) as rows from fact_pull_request where org_id = ${orgId}`,
  );
  const questions = cases.map((one) => ({ ...one, run: () => runMetricsQuery(scope, one.query, find) }));
  const whole: Question = { name: "overview", run: () => runMetricsQueries(scope, overview) };
  const others = otherReports(scope, period);
  const peers = options.peers.flatMap(({ name, peer }) =>
    [...peer.questions].map(([question, run]) => ({ name: question, peer: name, run })),
  );
  const yardstick = await IndexOnlyCount.open(orgId);
  try {
    const answers = await interleave([...questions, whole, ...others, ...peers], options.rounds, yardstick, random);
    return {
      pullRequests: count?.rows ?? 0,
      cold,
      counts: yardstick.samples(),
      questions,
      overview: { question: whole, queries: overview.length, metrics: metrics.length },
      others,
      peers,
      answers,
    };
  } finally {
    yardstick.close();
  }
}

/** The report of `measureQueries`. */
export async function runQueries(options: QueriesOptions): Promise<Report> {
  return queriesReport(await measureQueries(options));
}
