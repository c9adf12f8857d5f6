import type { Scope } from "@/lib/auth/scope";
import type { Dimension } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { withChanges } from "./changes";
import { type FactView, openFacts } from "./columns/store";
import type { FactTable, Subject } from "./columns/table";
import { type Coverage, createCoverageReader } from "./coverage";
import { type Counting, countingOf, type MetricDefinition, subjectsOf } from "./definitions/definition";
import { PULL_REQUEST_DIMENSIONS } from "./definitions/pull-request-dimensions";
import { cellGroups } from "./factor-rows";
import {
  effectRows,
  type Frame,
  factorRows,
  metricRows,
  moneyRows,
  openRows,
  peopleRows,
  reportedRows,
} from "./metric-rows";
import { createFeedReader } from "./operations/feeds";
import { createBaseline } from "./people/baseline";
import { createEngineerWeeks } from "./people/engineer-weeks";
import { createWorkingDays } from "./people/working-days";
import { bucketEdges, type Period, previousPeriod, resolvePeriod, resolveTimeZone } from "./period";
import { findMetric } from "./registry";
import type { Bucket } from "./rows";
import { partsOf } from "./scan/parts";
import { scanMetrics } from "./scan/scan-metrics";
import { type MetricsQuery, withoutEmpty } from "./schema";
import { selectPullRequests } from "./selection";
import type { MetricResult, MetricRow, MetricsResponse } from "./types";

/** Finds a metric by its id; the registry unless a test or the benchmark brings its own. */
type FindMetric = (id: string) => MetricDefinition | undefined;

/** Refuses a dimension that pull requests do not have. */
export function assertGroupable(
  groupBy: readonly Dimension[],
  dimensions: readonly Dimension[] = PULL_REQUEST_DIMENSIONS,
  what = "Pull requests",
): void {
  const foreign = groupBy.findIndex((dimension) => !dimensions.includes(dimension));
  if (foreign < 0) return;
  throw new AppError({
    code: "unprocessable",
    message: `${what} cannot be grouped by ${groupBy[foreign]}.`,
    pointer: `/groupBy/${foreign}`,
  });
}

function definitionsOf({ metrics, groupBy }: MetricsQuery, find: FindMetric): MetricDefinition[] {
  return metrics.map((id, index) => {
    const definition = find(id);
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

function bucketsOf(edges: readonly Date[], { grain }: MetricsQuery, period: Period): Bucket[] {
  return edges.slice(0, -1).map((start, index) => ({
    start: start.getTime(),
    end: (edges[index + 1] ?? start).getTime(),
    label: grain === null ? null : start.toISOString(),
    grain,
    from: period.from.getTime(),
    to: period.to.getTime(),
  }));
}

/** The tables of an organisation that hold what some metrics count. */
function tablesFor(view: FactView, orgId: number, definitions: readonly MetricDefinition[]): FactTable[] {
  const subjects = definitions.flatMap(subjectsOf);
  const counts = (counting: Counting) => definitions.some((definition) => countingOf(definition) === counting);
  const holds = (...some: Subject[]) => some.some((subject) => subjects.includes(subject));
  return [
    holds("merged") ? view.table(orgId) : null,
    holds("closed") ? view.closed(orgId) : null,
    counts("operations") ? view.operations(orgId) : null,
    counts("commits") ? view.commits(orgId) : null,
  ].filter((table) => table !== null);
}

/** The rows of every metric over one period, in the order of the query. */
function rowsOver(frame: Frame, period: Period): MetricRow[][] {
  const { definitions, query, selection, timeZone, view } = frame;
  const edges = bucketEdges(period, query.grain, timeZone);
  const buckets = bucketsOf(edges, query, period);
  return partsOf(definitions).flatMap((part) => {
    const counting = part[0] === undefined ? "pull_requests" : countingOf(part[0]);
    const apart = COUNTED_APART[counting];
    if (apart !== undefined) return part.map((definition) => apart(frame, definition, buckets));
    const isFactor = counting === "factor";
    const scan = scanMetrics({
      definitions: part,
      groupBy: isFactor ? cellGroups(query.groupBy) : query.groupBy,
      directory: view.directory,
      selection,
      tables: selection.orgs.flatMap(({ id }) => tablesFor(view, id, part)),
      period,
      edges,
    });
    return scan.metrics.map((metric) =>
      isFactor ? factorRows(frame, metric, buckets) : metricRows(frame, scan, metric, buckets),
    );
  });
}

/** What no rows of a table stand behind, each counted by its own. */
const COUNTED_APART: Readonly<
  Partial<Record<Counting, (frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]) => MetricRow[]>>
> = { people: peopleRows, reports: reportedRows, open: openRows, money: moneyRows, rollout: effectRows };

function comparisonPeriod({ query, timeZone }: Frame, period: Period): Period | null {
  if (query.compare === undefined || query.compare === null) return null;
  if (query.compare === "previous") return previousPeriod(period);
  return resolvePeriod(query.compare, timeZone, "/compare");
}

function instant(coverage: Coverage | null, end: "allTo" | "to"): string | null {
  return coverage === null ? null : coverage[end].toISOString();
}

/**
 * Answers one query from what is given as the facts.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export function answerFrom(view: FactView, asked: MetricsQuery, find: FindMetric = findMetric): MetricsResponse {
  const query = { ...asked, filters: withoutEmpty(asked.filters) };
  const definitions = definitionsOf(query, find);
  const selection = selectPullRequests(view.directory, query.filters);
  const timeZone = resolveTimeZone(query.timeZone, selection.orgs);
  const coverageOfGroup = createCoverageReader(view.directory, selection.repos);
  const toldOf = createFeedReader(view.directory, selection.repos, view.operations);
  const engineerWeeks = createEngineerWeeks(view.staff, view.directory, selection, timeZone);
  const frame: Frame = {
    view,
    selection,
    query,
    definitions,
    timeZone,
    coverageOfGroup,
    toldOf,
    engineerWeeks,
    workingDays: createWorkingDays(timeZone),
    baselineOf: createBaseline(view, selection, engineerWeeks, timeZone),
    ask: (inner) => answerFrom(view, inner, find),
    models: new Map(),
  };
  const period = resolvePeriod(query, timeZone);
  const comparison = comparisonPeriod(frame, period);
  const rows = rowsOver(frame, period);
  const compared = comparison === null ? null : rowsOver(frame, comparison);
  const coverage = coverageOfGroup({});
  return {
    asOf: instant(coverage, "allTo"),
    latest: instant(coverage, "to"),
    results: definitions.map((definition, index): MetricResult => {
      const metric = definition.descriptor.id;
      const current = rows[index] ?? [];
      const compare = compared?.[index];
      if (compare === undefined) return { metric, rows: current };
      return { metric, rows: query.grain === null ? withChanges(definition, current, compare) : current, compare };
    }),
  };
}

/**
 * Answers one query for what the scope may see. Everything is as of the watermark of the repositories, never of the
 * clock.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export async function runMetricsQuery(
  scope: Scope,
  query: MetricsQuery,
  find: FindMetric = findMetric,
): Promise<MetricsResponse> {
  return answerFrom(await openFacts(scope), query, find);
}

/**
 * Answers several queries, all on one state of the facts.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered, under `/queries`.
 */
export async function runMetricsQueries(scope: Scope, queries: readonly MetricsQuery[]): Promise<MetricsResponse[]> {
  const view = await openFacts(scope);
  return queries.map((query, index) => {
    try {
      return answerFrom(view, query);
    } catch (error) {
      throw error instanceof AppError ? error.under(`/queries/${index}`) : error;
    }
  });
}
