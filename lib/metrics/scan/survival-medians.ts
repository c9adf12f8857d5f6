import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import type { Measure } from "@/lib/metrics/definitions/definition";
import type { Selection } from "@/lib/metrics/selection";
import { survivalMedian } from "@/lib/metrics/statistics/survival-median";
import type { MetricTally } from "./metric-tally";
import { eachGroupsNumbers } from "./percentiles";
import type { TablePass } from "./table-pass";

type Survival = Extract<Measure, { kind: "survival" }>;

const LONGEST = 2 ** 30 - 1;

/**
 * For each row twice the seconds until it happened or was last looked at, and 1 more where it had not happened: the order
 * of the estimate's steps. What is known after the data end has not happened yet.
 */
function stepsOf(table: FactTable, { column, lead }: Survival, { repos }: Selection): Int32Array {
  const ends = new Map(repos.map(({ coverage, id }) => [id, coverage.to.getTime()]));
  const endOf = Float64Array.from(table.repos, (id) => ends.get(id) ?? Number.NEGATIVE_INFINITY);
  const steps = new Int32Array(table.length);
  const { mergedAt, repo } = table;
  const happened = table[column];
  const before = lead === null ? null : table[lead];
  for (let row = 0; row < table.length; row += 1) {
    const first = before === null ? 0 : (before[row] as number);
    const watched = Math.max(
      0,
      Math.floor(((endOf[repo[row] as number] as number) - (mergedAt[row] as number)) / 1000),
    );
    const seconds = happened[row] as number;
    const isOver = seconds !== MISSING && seconds <= watched;
    steps[row] = Math.min(LONGEST, first + (isOver ? seconds : watched)) * 2 + (isOver ? 0 : 1);
  }
  return steps;
}

/** Works out the Kaplan–Meier median of each group of a metric in a bucket that was just counted. */
export function addSurvivalMedians(
  metric: MetricTally,
  measure: Survival,
  selection: Selection,
  where: { passes: readonly TablePass[]; index: number; bucket: number },
): void {
  eachGroupsNumbers(
    metric,
    (table) => stepsOf(table, measure, selection),
    where,
    (place, values, from, to) => {
      const median = survivalMedian(values.subarray(from, to));
      if (median !== null) metric.numerators.setPercentile(place, median);
    },
  );
}
