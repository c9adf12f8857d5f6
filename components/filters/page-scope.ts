import { type Period, type ResolvedPeriod, resolvePeriod } from "@/lib/core/period";
import type { DimensionValues, MetricFilters, MetricsRequest } from "@/lib/metrics/types";
import { FILTER_DIMENSIONS, type FilterState } from "./search-params";

/** What a page is about, once its URL is read against the data that exists. */
export interface PageScope {
  /** The period as it was chosen; `period` is what it comes to. */
  choice: Period;
  timeZone: string;
  /** 1..12: the calendar month that fiscal years begin with; 1 where organisations differ. */
  fiscalStart: number;
  period: ResolvedPeriod;
  filters: MetricFilters;
  compare: MetricsRequest["compare"];
  /** Every organisation in view is a sample. */
  isSample: boolean;
}

/** The organisations a page reads: those that are asked for, else the real ones, else the sample. */
export function organisationsInView(state: Pick<FilterState, "org">, dimensions: DimensionValues) {
  if (state.org.length > 0) return dimensions.orgs.filter((org) => state.org.includes(org.slug));
  const real = dimensions.orgs.filter((org) => !org.isSample);
  return real.length > 0 ? real : dimensions.orgs;
}

/** null when nothing is imported: there is no data to be relative to. */
export function resolvePageScope(state: FilterState, dimensions: DimensionValues): PageScope | null {
  if (dimensions.span === null) return null;
  const organisations = organisationsInView(state, dimensions);
  const slugs = new Set(organisations.map((org) => org.slug));
  const ends = dimensions.repos.filter((repo) => slugs.has(repo.org)).flatMap((repo) => repo.completeTo ?? []);
  const latest = ends.toSorted().at(-1) ?? dimensions.span.latest;
  const zones = new Set(organisations.map((org) => org.timeZone));
  const [onlyZone] = zones;
  const timeZone = zones.size === 1 && onlyZone !== undefined ? onlyZone : "UTC";
  const { firstMergedAt } = dimensions.span;
  const starts = new Set(organisations.map((org) => org.fiscalStart));
  const [onlyStart = 1] = starts;
  const fiscalStart = starts.size === 1 ? onlyStart : 1;
  const period = resolvePeriod(state, { firstMergedAt, latest }, timeZone, fiscalStart);
  // As long before has to lie inside of the data, or every count would seem to have risen.
  const before = 2 * Date.parse(period.from) - Date.parse(period.to);
  return {
    choice: state.period,
    timeZone,
    fiscalStart,
    period,
    filters: filtersOf(state),
    compare: state.compare === "previous" && before >= Date.parse(firstMergedAt) ? "previous" : undefined,
    isSample: organisations.length > 0 && organisations.every((org) => org.isSample),
  };
}

/** The filters of the URL, without the dimensions that do not filter. */
function filtersOf(state: FilterState): MetricFilters {
  const chosen = FILTER_DIMENSIONS.filter((dimension) => state[dimension].length > 0);
  return Object.fromEntries(chosen.map((dimension) => [dimension, state[dimension]]));
}

/** A request over the page's period and filters; the page adds what it asks for. */
export function requestOver(
  scope: PageScope,
  ask: Pick<MetricsRequest, "metrics" | "groupBy"> & { grain?: MetricsRequest["grain"]; compare?: boolean },
): MetricsRequest {
  const request: MetricsRequest = {
    metrics: ask.metrics,
    from: scope.period.from,
    to: scope.period.to,
    timeZone: scope.timeZone,
    grain: ask.grain ?? null,
    groupBy: ask.groupBy,
    filters: scope.filters,
  };
  return ask.compare === true && scope.compare !== undefined ? { ...request, compare: scope.compare } : request;
}

/** Agents and people stand side by side unless a filter already chose who is counted. */
export function comparesKinds({ filters }: Pick<PageScope, "filters">): boolean {
  return filters.authorKind === undefined && filters.agent === undefined;
}
