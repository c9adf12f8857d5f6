import type { CompanySize } from "@/bench/company/size";
import type { BenchDatabase } from "@/bench/database/open";
import { measureExplorer } from "@/bench/explorer/run-explorer";
import type { LoadProgress, StepName } from "@/bench/load/load-company";
import { ensureLoaded } from "@/bench/load/run-load";
import { measureQueries } from "@/bench/queries/run-queries";
import type { CellValue, Report } from "@/bench/report/report";
import { sampleOf } from "@/bench/report/sample";

/** Questions per size: enough for every metric without a filter and by each dimension, and some of everything else. */
const CASES = 160;
const ROUNDS = 3;

/** One line of the table: the same measurements on a company of one size. */
export async function growthRow(
  database: BenchDatabase,
  size: CompanySize,
  onProgress: LoadProgress,
): Promise<CellValue[]> {
  const { steps } = await ensureLoaded(database, size, onProgress);
  const seconds = (name: StepName) => steps.find((step) => step.name === name)?.seconds ?? Number.NaN;
  const queries = await measureQueries({ seed: size.seed, cases: CASES, rounds: ROUNDS, peers: [] });
  const explorer = await measureExplorer({ seed: size.seed, rounds: ROUNDS });
  const medianOf = (filtered: boolean) => {
    const times = queries.questions
      .filter(({ filters, groupBy }) => filters.length > 0 === filtered && groupBy.length === 0)
      .flatMap((one) => queries.answers.times.get(one) ?? []);
    return times.length === 0 ? null : sampleOf(times).median;
  };
  const overview = sampleOf(queries.answers.times.get(queries.overview.question) ?? []).median;
  return [
    size.pullRequests,
    queries.pullRequests / seconds("append to the log"),
    queries.pullRequests / seconds("project pull requests"),
    queries.counts.parallel.median,
    medianOf(false),
    medianOf(true),
    overview,
    sampleOf(explorer.pages.flatMap(({ times }) => times)).median,
    queries.cold.seconds,
    queries.cold.arrayBytes / queries.pullRequests,
  ];
}

/** The table over all sizes. Rates are merged pull requests per second, times are medians in milliseconds. */
export function growthReport(rows: readonly CellValue[][]): Report {
  return {
    command: "growth",
    tables: [
      {
        title: "Growth",
        columns: [
          "pull requests",
          "append/s",
          "project/s",
          "count ms",
          "whole company ms",
          "filtered ms",
          "overview ms",
          "explorer page ms",
          "cold load s",
          "bytes per PR",
        ],
        rows,
      },
    ],
  };
}
