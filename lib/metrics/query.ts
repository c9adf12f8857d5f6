import type { Scope } from "@/lib/auth/scope";
import type { Dimension } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { seedOf } from "@/lib/core/random";
import { withChanges } from "./changes";
import { type FactView, openFacts } from "./columns/store";
import { type FactTable, numbersIn, type Subject } from "./columns/table";
import { type Coverage, createCoverageReader } from "./coverage";
import {
  countsPullRequests,
  isAboutPeople,
  isFactor,
  type MetricDefinition,
  subjectsOf,
} from "./definitions/definition";
import { PULL_REQUEST_DIMENSIONS } from "./definitions/pull-request-dimensions";
import { cellGroups, factorTallies } from "./factor-rows";
import { rowGroups } from "./groups";
import { createFeedReader, type Feed, feedOf, type Told } from "./operations/feeds";
import { createEngineerWeeks } from "./people/engineer-weeks";
import { peopleTallies } from "./people-rows";
import { bucketEdges, type Period, previousPeriod, resolvePeriod, resolveTimeZone } from "./period";
import { findMetric } from "./registry";
import {
  addFourWeekIntervals,
  type Bucket,
  buildRow,
  type CoverageInstants,
  coverageInstants,
  FEW,
  type Tally,
} from "./rows";
import { NOTHING } from "./scan/group-counts";
import { type MetricTally, summedColumns, unknownOf } from "./scan/metric-tally";
import { partsOf } from "./scan/parts";
import { assertRowLimit } from "./scan/row-limit";
import { type Scan, scanMetrics } from "./scan/scan-metrics";
import { type MetricsQuery, withoutEmpty } from "./schema";
import { type Selection, selectPullRequests } from "./selection";
import { bootstrapRatioInterval, type Limits, type RatioSums } from "./statistics/ratio-interval";
import type { Group, MetricResult, MetricRow, MetricsResponse } from "./types";

/** Up to this many pull requests the interval of a ratio is resampled; above, the delta method is as good and fast. */
const RESAMPLE_LIMIT = 200;

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

interface Frame {
  view: FactView;
  selection: Selection;
  query: MetricsQuery;
  definitions: readonly MetricDefinition[];
  timeZone: string;
  coverageOfGroup: (group: Group) => Coverage | null;
  toldOf: (feed: Feed, group: Group) => Told;
  engineerWeeks: (group: Group, from: number, to: number) => number | null;
}

/**
 * Bootstrap interval of a ratio over a whole period without groups (decision 0008); null where the delta method is
 * used.
 */
function resample(scan: Scan, metric: MetricTally, bucket: Bucket): Limits | null {
  const { definition, groupBy } = metric;
  const { measure } = definition;
  const n = metric.denominators.n[0] ?? 0;
  if (measure.kind !== "ratio" || bucket.grain !== null || groupBy.length > 0) return null;
  if (n < FEW || n > RESAMPLE_LIMIT) return null;
  const numerators = new Map<number, Set<number>>();
  scan.visitRows(metric, "numerator", ({ orgId }, row) => {
    const rows = numerators.get(orgId) ?? new Set();
    numerators.set(orgId, rows.add(row));
  });
  const pairs: (readonly [number, number])[] = [];
  scan.visitRows(metric, "whole", (table, row) => {
    const counts = numerators.get(table.orgId)?.has(row) === true;
    pairs.push([counts ? (table[measure.numerator][row] ?? 0) : 0, numbersIn(table, measure.denominator)[row] ?? 0]);
  });
  const cohort = `${new Date(bucket.from).toISOString()}/${new Date(bucket.to).toISOString()}`;
  const { id, version } = definition.descriptor;
  return bootstrapRatioInterval(pairs, seedOf(JSON.stringify([id, version, cohort])));
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

/** Reads what was counted for a place of the numerator's groups and one of the whole's, negative for none. */
function readTally({ definition, denominators, numerators }: MetricTally, above: number, below: number, into: Tally) {
  const { measure } = definition;
  into.n = below < 0 ? 0 : (denominators.n[below] as number);
  into.k = above < 0 ? 0 : (numerators.k[above] as number);
  into.immature = below < 0 ? 0 : (denominators.immature[below] as number);
  into.excluded = below < 0 ? NOTHING : denominators.excludedAt(below, unknownOf(definition));
  if (measure.kind === "percentile" || measure.kind === "survival") {
    into.percentile = above < 0 ? null : numerators.percentileAt(above);
    into.spread = above < 0 ? null : numerators.spreadAt(above);
  }
  if (summedColumns(definition) === null) return;
  Object.assign(into.ratio, NO_SUMS);
  into.ratio.n = into.n;
  if (below >= 0) denominators.readDenominatorSums(below, into.ratio);
  if (below >= 0 && above >= 0) numerators.readNumeratorSums(above, into.ratio);
}

const NO_SUMS: RatioSums = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
const NO_TALLY: Tally = {
  n: 0,
  k: 0,
  immature: 0,
  excluded: NOTHING,
  ratio: NO_SUMS,
  percentile: null,
  spread: null,
  factor: null,
};

/** What most rows are without. */
const PLAIN = { resampled: null, told: null, worked: null };

/** Engineer-weeks of a group in the part of a bucket that is asked for and has data. */
function workedIn(
  { engineerWeeks }: Frame,
  { bucket, coverage, group }: { bucket: Bucket; coverage: CoverageInstants | null; group: Group },
): number | null {
  if (coverage === null) return null;
  const from = Math.max(bucket.start, bucket.from, coverage.from ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(bucket.end, bucket.to, coverage.to);
  return engineerWeeks(group, from, Math.max(from, to));
}

/** The rows of a metric: bucket after bucket, in each the groups in their order. */
function metricRows(frame: Frame, scan: Scan, metric: MetricTally, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, query, toldOf } = frame;
  const { definition, groups: space, numerators, denominators } = metric;
  const codes = rowGroups(space, numerators.groups, query.filters);
  assertRowLimit(codes.length, buckets.length);
  const { measure } = definition;
  const weekly = measure.kind === "rate" && measure.per === "week" && query.grain === "week";
  const feed = feedOf(definition);
  const perEngineer = measure.kind === "rate" && measure.per === "engineer_week";
  const rows = new Array<MetricRow>(codes.length * buckets.length);
  const tally: Tally = { ...NO_TALLY, ratio: { ...NO_SUMS } };
  const foreign = foreignFilter(frame, definition);
  codes.forEach((code, position) => {
    const group = space.groupOf(code);
    const coverage = coverageInstants(coverageOfGroup(group));
    const told = feed === null ? null : toldOf(feed, group);
    const top = numerators.find(code);
    const bottom = denominators.find(space.codeIn(metric.wholes, code));
    for (let index = 0; index < buckets.length; index += 1) {
      const bucket = buckets[index] as Bucket;
      const above = top < 0 ? -1 : top * buckets.length + index;
      const below = bottom < 0 ? -1 : bottom * buckets.length + index;
      readTally(metric, above, below, tally);
      const resampled = resample(scan, metric, bucket);
      const worked = perEngineer ? workedIn(frame, { bucket, group, coverage }) : null;
      const row = buildRow({ bucket, group, definition, coverage, tally, resampled, told, foreign, worked });
      rows[index * codes.length + position] = row;
    }
    if (weekly) addFourWeekIntervals({ rows, first: position, step: codes.length });
  });
  return rows;
}

/** The rows of a metric that holds agents against people: it was counted by kind of work, and is put together here. */
function factorRows(frame: Frame, metric: MetricTally, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, query } = frame;
  const { definition } = metric;
  const { filters, groupBy } = query;
  const groups = factorTallies(metric, { groupBy, filters, buckets: buckets.length });
  const foreign = foreignFilter(frame, definition);
  const coverages = groups.map(({ group }) => coverageInstants(coverageOfGroup(group)));
  return buckets.flatMap((bucket, index) =>
    groups.map(({ group, tallyIn }, at) => {
      const { excluded, factor, n } = tallyIn(index);
      const tally = { ...NO_TALLY, ratio: { ...NO_SUMS }, n, excluded, factor };
      const coverage = coverages[at] ?? null;
      return buildRow({ ...PLAIN, bucket, group, definition, coverage, tally, foreign });
    }),
  );
}

/** The rows of a metric that counts people. */
function peopleRows(frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup } = frame;
  const foreign = foreignFilter(frame, definition);
  const groups = peopleTallies(frame, buckets);
  return buckets.flatMap((bucket, index) =>
    groups.map(({ countIn, group }) => {
      const { k, n, unnamed } = countIn(index);
      const excluded = unnamed === 0 ? NOTHING : { [unknownOf(definition) ?? ""]: unnamed };
      const tally = { ...NO_TALLY, n, k, excluded };
      const coverage = coverageInstants(coverageOfGroup(group));
      return buildRow({ ...PLAIN, bucket, group, definition, coverage, tally, foreign });
    }),
  );
}

/** A filter of a query that a metric cannot be narrowed by; null for none. */
function foreignFilter({ query, selection }: Frame, { descriptor }: MetricDefinition): Dimension | null {
  const asked = [...selection.narrowings.keys(), ...(query.filters.repo === undefined ? [] : ["repo" as const])];
  return asked.find((by) => !descriptor.dimensions.includes(by)) ?? null;
}

/** The tables of an organisation that hold what some metrics count. */
function tablesFor(view: FactView, orgId: number, definitions: readonly MetricDefinition[]): FactTable[] {
  const subjects = definitions.flatMap(subjectsOf);
  const holds = (...some: Subject[]) => some.some((subject) => subjects.includes(subject));
  return [
    holds("merged") ? view.table(orgId) : null,
    holds("closed") ? view.closed(orgId) : null,
    definitions.every(countsPullRequests) ? null : view.operations(orgId),
  ].filter((table) => table !== null);
}

/** The rows of every metric over one period, in the order of the query. */
function rowsOver(frame: Frame, period: Period): MetricRow[][] {
  const { definitions, query, selection, timeZone, view } = frame;
  const edges = bucketEdges(period, query.grain, timeZone);
  const buckets = bucketsOf(edges, query, period);
  return partsOf(definitions).flatMap((part) => {
    if (part.some(isAboutPeople)) return part.map((definition) => peopleRows(frame, definition, buckets));
    const scan = scanMetrics({
      definitions: part,
      groupBy: part.some(isFactor) ? cellGroups(query.groupBy) : query.groupBy,
      directory: view.directory,
      selection,
      tables: selection.orgs.flatMap(({ id }) => tablesFor(view, id, part)),
      period,
      edges,
    });
    return scan.metrics.map((metric) =>
      isFactor(metric.definition) ? factorRows(frame, metric, buckets) : metricRows(frame, scan, metric, buckets),
    );
  });
}

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
  const frame: Frame = { view, selection, query, definitions, timeZone, coverageOfGroup, toldOf, engineerWeeks };
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
