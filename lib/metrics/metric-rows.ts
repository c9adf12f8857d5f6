import type { Dimension } from "@/lib/core/dimensions";
import { seedOf } from "@/lib/core/random";
import type { FactView } from "./columns/store";
import { numbersIn } from "./columns/table";
import type { Coverage } from "./coverage";
import type { MetricDefinition } from "./definitions/definition";
import { factorTallies } from "./factor-rows";
import { rowGroups } from "./groups";
import { moneyFigure, ResultCache } from "./money/money-figures";
import { type GroupModels, moneyModels } from "./money/money-models";
import { countOpen, type OpenTally } from "./open/count-open";
import { type Feed, feedOf, type Told } from "./operations/feeds";
import type { Baseline } from "./people/baseline";
import { peopleTallies } from "./people-rows";
import { askedIn, countReported, type ReportedTally } from "./reported/count-reported";
import { effectFigure } from "./rollout/effect-figure";
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
import { DimensionLabels, GroupSpace } from "./scan/group-space";
import { type MetricTally, summedColumns, unknownOf } from "./scan/metric-tally";
import { assertRowLimit } from "./scan/row-limit";
import type { Scan } from "./scan/scan-metrics";
import type { MetricsQuery } from "./schema";
import type { Selection } from "./selection";
import { bootstrapRatioInterval, type Limits, type RatioSums } from "./statistics/ratio-interval";
import { valueShares } from "./statistics/value-shares";
import type { Group, MetricRow, MetricsResponse, ValueShare } from "./types";

/** Up to this many pull requests the interval of a ratio is resampled; above, the delta method is as good and fast. */
const RESAMPLE_LIMIT = 200;

/** What the rows of a query are made from. */
export interface Frame {
  view: FactView;
  selection: Selection;
  query: MetricsQuery;
  definitions: readonly MetricDefinition[];
  timeZone: string;
  coverageOfGroup: (group: Group) => Coverage | null;
  toldOf: (feed: Feed, group: Group) => Told;
  engineerWeeks: (group: Group, from: number, to: number) => number | null;
  workingDays: (from: number, to: number) => number;
  baselineOf: (group: Group) => Baseline;
  /** Answers another question from the same facts. */
  ask: (query: MetricsQuery) => MetricsResponse;
  /** The models of a query, which all figures of money share. */
  models: Map<readonly Bucket[], { groups: GroupModels[]; results: ResultCache }>;
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
const PLAIN = { resampled: null, told: null, worked: null, baseline: null };

/** Engineer-weeks of a group, or working days, in the part of a bucket that is asked for and has data; null for neither. */
function workedIn(
  { engineerWeeks, workingDays }: Frame,
  { measure }: MetricDefinition,
  { bucket, coverage, group }: { bucket: Bucket; coverage: CoverageInstants | null; group: Group },
): number | null {
  if (coverage === null || measure.kind !== "rate") return null;
  const from = Math.max(bucket.start, bucket.from, coverage.from ?? Number.NEGATIVE_INFINITY);
  const to = Math.max(from, Math.min(bucket.end, bucket.to, coverage.to));
  if (measure.per === "engineer_week") return engineerWeeks(group, from, to);
  return measure.per === "working_day" ? workingDays(from, to) : null;
}

/** How the values of a number that takes few of them are spread, over a whole period without groups. */
function sharesOf(scan: Scan, metric: MetricTally, bucket: Bucket): ValueShare[] | null {
  const { measure } = metric.definition;
  if (measure.kind !== "percentile" || measure.shares === undefined) return null;
  if (bucket.grain !== null || metric.groupBy.length > 0) return null;
  const values: number[] = [];
  scan.visitRows(metric, "whole", (table, row) => values.push(table[measure.column][row] as number));
  return valueShares(values, measure.shares);
}

/** The rows of a metric: bucket after bucket, in each the groups in their order. */
export function metricRows(frame: Frame, scan: Scan, metric: MetricTally, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, query, toldOf } = frame;
  const { definition, groups: space, numerators, denominators } = metric;
  const codes = rowGroups(space, numerators.groups, query.filters);
  assertRowLimit(codes.length, buckets.length);
  const { measure } = definition;
  const weekly = measure.kind === "rate" && measure.per === "week" && query.grain === "week";
  const feed = feedOf(definition);
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
      const worked = workedIn(frame, definition, { bucket, group, coverage });
      const baseline = measure.kind === "equivalent" ? frame.baselineOf(group) : null;
      const row = buildRow({ bucket, group, definition, coverage, tally, resampled, told, foreign, worked, baseline });
      const shares = sharesOf(scan, metric, bucket);
      if (shares !== null) row.shares = shares;
      rows[index * codes.length + position] = row;
    }
    if (weekly) addFourWeekIntervals({ rows, first: position, step: codes.length });
  });
  return rows;
}

/** The rows of a metric that holds agents against people: it was counted by kind of work, and is put together here. */
export function factorRows(frame: Frame, metric: MetricTally, buckets: readonly Bucket[]): MetricRow[] {
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
export function peopleRows(frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]): MetricRow[] {
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

/** The rows of what people or tools reported. */
export function reportedRows(frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, query, selection, view } = frame;
  const { measure } = definition;
  if (measure.kind !== "reported") return [];
  const foreign = foreignFilter(frame, definition);
  const space = new GroupSpace(query.groupBy, new DimensionLabels(view.directory));
  const spans = buckets.map(({ end, from, start, to }) => ({ start: Math.max(start, from), end: Math.min(end, to) }));
  const tallies = countReported({ reported: view.reported, kind: measure.of, space, selection, buckets: spans });
  const codes = rowGroups(space, [...tallies.keys()], query.filters);
  assertRowLimit(codes.length, buckets.length);
  return buckets.flatMap((bucket, index) =>
    codes.map((code) => {
      const group = space.groupOf(code);
      const { amounts, k, n, rest } = tallies.get(code)?.[index] ?? NOTHING_REPORTED;
      const excluded = measure.unknown === undefined || rest === 0 ? NOTHING : { [measure.unknown]: rest };
      const tally = { ...NO_TALLY, n, k, excluded, ratio: amounts };
      const coverage = coverageInstants(coverageOfGroup(group));
      const row = buildRow({ ...PLAIN, bucket, group, definition, coverage, tally, foreign });
      const asked =
        query.groupBy.length === 0 ? askedIn(view.reported, measure.of, selection, spans[index] ?? bucket) : null;
      if (asked !== null && n <= asked) row.asked = asked;
      return row;
    }),
  );
}

/** The rows of how long pull requests have been open. They are known of the end of the data alone. */
export function openRows(frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, query, selection, view } = frame;
  const foreign = foreignFilter(frame, definition);
  const space = new GroupSpace(query.groupBy, new DimensionLabels(view.directory));
  const tallies = countOpen(view.open, selection, space);
  const codes = rowGroups(space, [...tallies.keys()], query.filters);
  assertRowLimit(codes.length, buckets.length);
  const isTold = selection.orgs.some(({ id }) => view.open.told.has(id));
  return buckets.flatMap((bucket) =>
    codes.map((code) => {
      const group = space.groupOf(code);
      const coverage = coverageInstants(coverageOfGroup(group));
      const isNow = coverage !== null && bucket.start < coverage.to && Math.min(bucket.end, bucket.to) >= coverage.to;
      const open = isNow && foreign === null ? (tallies.get(code) ?? NOTHING_OPEN) : NOTHING_OPEN;
      const row = buildRow({
        ...PLAIN,
        bucket,
        group,
        definition,
        coverage,
        tally: { ...NO_TALLY, n: open.n },
        foreign,
      });
      if (coverage === null || foreign !== null) return row;
      const { reason: _, ...rest } = row;
      return { ...rest, ...openFigures(open, isNow, isTold) };
    }),
  );
}

/** The rows of a figure of money. */
export function moneyRows(frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, models, query } = frame;
  const { measure } = definition;
  if (measure.kind !== "money") return [];
  const foreign = foreignFilter(frame, definition);
  const known = models.get(buckets) ?? {
    groups: moneyModels(frame, buckets),
    results: new ResultCache(query.groupBy.length === 0, query.grain === null),
  };
  models.set(buckets, known);
  return buckets.flatMap((bucket, index) =>
    known.groups.map(({ group, ...models }) => {
      const coverage = coverageInstants(coverageOfGroup(group));
      const tally = { ...NO_TALLY, ratio: { ...NO_SUMS } };
      const row = buildRow({ ...PLAIN, bucket, group, definition, coverage, tally, foreign });
      if (coverage === null || foreign !== null) return row;
      const { reason: _, ...rest } = row;
      const { flags, ...figure } = moneyFigure(measure.of, models, index, known.results);
      return { ...rest, ...figure, flags: [...row.flags, ...flags] };
    }),
  );
}

/** The rows of what came of a rollout. */
export function effectRows(frame: Frame, definition: MetricDefinition, buckets: readonly Bucket[]): MetricRow[] {
  const { coverageOfGroup, query, selection } = frame;
  const { measure } = definition;
  if (measure.kind !== "effect") return [];
  const foreign = foreignFilter(frame, definition);
  // It is of organisations alone.
  const groups: Group[] = query.groupBy.length === 0 ? [{}] : selection.orgs.map(({ slug }) => ({ org: slug }));
  return buckets.flatMap((bucket) =>
    groups.map((group) => {
      const coverage = coverageInstants(coverageOfGroup(group));
      const tally = { ...NO_TALLY, ratio: { ...NO_SUMS } };
      const row = buildRow({ ...PLAIN, bucket, group, definition, coverage, tally, foreign });
      if (coverage === null || foreign !== null) return row;
      const { reason: _, ...rest } = row;
      const until = Math.min(bucket.end, bucket.to);
      return { ...rest, ...effectFigure(frame, measure.of, { org: group.org, until }) };
    }),
  );
}

const NOTHING_OPEN: OpenTally = { n: 0, old: 0, p50: null, p75: null, p90: null };

/** What a row says of what is open, or why it says nothing. */
function openFigures({ n, old, p50, p75, p90 }: OpenTally, isNow: boolean, isTold: boolean): Partial<MetricRow> {
  if (!isNow) return { reason: "what is open is known of the end of the data alone" };
  if (!isTold) return { reason: "no source tells when pull requests are opened" };
  if (p50 === null) return { k: 0, reason: "nothing is open" };
  return {
    value: p50,
    k: old,
    method: "none",
    ...(n >= FEWEST_FOR_SPREAD && p75 !== null && p90 !== null && { spread: { p75, p90 } }),
  };
}

/** Of fewer the higher percentiles say nothing (metrics.md G10). */
const FEWEST_FOR_SPREAD = 20;

const NOTHING_REPORTED: ReportedTally = { n: 0, k: 0, rest: 0, amounts: NO_SUMS };

/** A filter of a query that a metric cannot be narrowed by; null for none. */
function foreignFilter({ query, selection }: Frame, { descriptor }: MetricDefinition): Dimension | null {
  const asked = [...selection.narrowings.keys(), ...(query.filters.repo === undefined ? [] : ["repo" as const])];
  return asked.find((by) => !descriptor.dimensions.includes(by)) ?? null;
}
