import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { seedOf } from "@/lib/core/random";
import type { Queryable } from "@/lib/db/pool";
import { query as run } from "@/lib/db/query";
import { withChanges } from "./changes";
import { assertGroupable } from "./cohort";
import { type Cell, type CellPairs, type Compiled, type CompiledMetric, compileMetrics } from "./compile";
import { coverageOf, createCoverageReader } from "./coverage";
import type { MetricDefinition } from "./definitions/definition";
import { type Directory, loadDirectory } from "./directory";
import { createGroupReader, groupKey, rowGroups } from "./groups";
import { bucketEdges, type Grain, type Period, previousPeriod, resolvePeriod, resolveTimeZone } from "./period";
import { findMetric } from "./registry";
import { addFourWeekIntervals, type Bucket, buildRow, FEW } from "./rows";
import { type MetricsQuery, withoutEmpty } from "./schema";
import { type Selection, selectPullRequests } from "./selection";
import { withSnapshot } from "./snapshot";
import { bootstrapRatioInterval, type Limits } from "./statistics/ratio-interval";
import { type Tallies, type Tally, tallyMetric } from "./tally";
import type { MetricResult, MetricRow, MetricsResponse } from "./types";

const MAX_ROWS = 50_000;
/** Up to this many pull requests the interval of a ratio is resampled; above, the delta method is as good and fast. */
const RESAMPLE_LIMIT = 200;

function definitionsOf({ metrics, groupBy }: MetricsQuery): MetricDefinition[] {
  return metrics.map((id, index) => {
    const definition = findMetric(id);
    if (definition === undefined) {
      throw new AppError({
        code: "unprocessable",
        message: `No metric is called "${id}".`,
        pointer: `/metrics/${index}`,
      });
    }
    assertGroupable(groupBy, definition.descriptor.dimensions, id);
    return definition;
  });
}

interface Frame {
  client: Queryable;
  directory: Directory;
  selection: Selection;
  query: MetricsQuery;
  definitions: readonly MetricDefinition[];
  timeZone: string;
}

/** Bootstrap intervals of the rows of a ratio that are small enough, by row. */
async function resample(
  { client }: Frame,
  compiled: Compiled,
  definition: MetricDefinition,
  rows: readonly { key: string; tally: Tally }[],
): Promise<Map<string, Limits>> {
  const small = rows.filter(({ tally }) => tally.n >= FEW && tally.n <= RESAMPLE_LIMIT);
  const statement = small.length === 0 ? null : compiled.pairs(definition, RESAMPLE_LIMIT);
  if (statement === null) return new Map();
  const cellKey = ({ count: _, sums: __, xs: ___, ys: ____, ...keys }: Partial<Cell & CellPairs>) =>
    JSON.stringify(keys);
  const pairsOf = new Map((await run<CellPairs>(statement, client)).map((cell) => [cellKey(cell), cell]));
  const limits = new Map<string, Limits>();
  for (const { key, tally } of small) {
    const counted = new Set(tally.numeratorCells);
    const pairs = tally.denominatorCells.flatMap((cell) => {
      const found = pairsOf.get(cellKey(cell));
      return (found?.ys ?? []).map((y, index) => [counted.has(cell) ? (found?.xs[index] ?? 0) : 0, y] as const);
    });
    const seed = seedOf(JSON.stringify([definition.descriptor.id, definition.descriptor.version, key]));
    const interval = bootstrapRatioInterval(pairs, seed);
    if (interval !== null) limits.set(key, interval);
  }
  return limits;
}

function bucketsOf(edges: readonly Date[], grain: Grain | null, period: Period): Bucket[] {
  return edges.slice(0, -1).map((start, index) => ({ start, end: edges[index + 1] ?? start, grain, period }));
}

async function metricRows(
  frame: Frame,
  compiled: Compiled,
  metric: CompiledMetric,
  tallies: Tallies,
  buckets: readonly Bucket[],
): Promise<MetricRow[]> {
  const { definition, groupBy } = metric;
  const groups = rowGroups(tallies.seen, groupBy, frame.query.filters);
  if (groups.length * buckets.length > MAX_ROWS) {
    throw new AppError({
      code: "unprocessable",
      message: `${groups.length} groups in ${buckets.length} periods are more than ${MAX_ROWS} rows: use fewer dimensions, a coarser grain or a filter.`,
      pointer: "/groupBy",
    });
  }
  const coverage = createCoverageReader(frame.directory, frame.selection.repos);
  const entries = groups.map((group) =>
    buckets.map((bucket, index) => ({
      bucket,
      group,
      key: `${bucket.start.toISOString()}/${bucket.end.toISOString()}|${groupKey(group, groupBy)}`,
      tally: tallies.at(index, group),
    })),
  );
  const resampled = await resample(frame, compiled, definition, entries.flat());
  const series = entries.map((group) => {
    const rows = group.map(({ key, ...entry }) =>
      buildRow({ ...entry, definition, coverage: coverage(entry.group), resampled: resampled.get(key) ?? null }),
    );
    const weekly = definition.measure.kind === "weekly_rate" && frame.query.grain === "week";
    return weekly ? addFourWeekIntervals(rows) : rows;
  });
  return buckets.flatMap((_, index) => series.flatMap((rows) => rows[index] ?? []));
}

/** The rows of every metric over one period, in the order of the query. */
async function rowsOver(frame: Frame, period: Period): Promise<MetricRow[][]> {
  const { client, definitions, directory, query, selection, timeZone } = frame;
  const edges = await bucketEdges(client, period, query.grain, timeZone);
  const compiled = compileMetrics({ definitions, groupBy: query.groupBy, selection, period, edges });
  const cells = await run<Cell>(compiled.statement, client);
  const read = createGroupReader(directory);
  const results: MetricRow[][] = [];
  for (const metric of compiled.metrics) {
    results.push(
      await metricRows(
        frame,
        compiled,
        metric,
        tallyMetric(cells, metric, read),
        bucketsOf(edges, query.grain, period),
      ),
    );
  }
  return results;
}

async function comparisonPeriod({ client, query, timeZone }: Frame, period: Period): Promise<Period | null> {
  if (query.compare === undefined || query.compare === null) return null;
  if (query.compare === "previous") return previousPeriod(period);
  return resolvePeriod(client, query.compare, timeZone, "/compare");
}

/**
 * Answers a metrics query for what the scope may see, on one snapshot: one scan of the narrow fact for all metrics.
 * Everything is as of the watermark of the repositories, never of the clock.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export async function runMetricsQuery(scope: Scope, asked: MetricsQuery): Promise<MetricsResponse> {
  const query = { ...asked, filters: withoutEmpty(asked.filters) };
  const definitions = definitionsOf(query);
  return withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const selection = selectPullRequests(directory, query.filters);
    const timeZone = await resolveTimeZone(client, query.timeZone, selection.orgs);
    const frame: Frame = { client, directory, selection, query, definitions, timeZone };
    const period = await resolvePeriod(client, query, timeZone);
    const comparison = await comparisonPeriod(frame, period);
    const rows = await rowsOver(frame, period);
    const compared = comparison === null ? null : await rowsOver(frame, comparison);
    const coverage = coverageOf(selection.repos);
    return {
      asOf: coverage?.allTo.toISOString() ?? null,
      latest: coverage?.to.toISOString() ?? null,
      results: definitions.map((definition, index): MetricResult => {
        const metric = definition.descriptor.id;
        const current = rows[index] ?? [];
        const compare = compared?.[index];
        if (compare === undefined) return { metric, rows: current };
        return { metric, rows: query.grain === null ? withChanges(definition, current, compare) : current, compare };
      }),
    };
  });
}
