import type { inferParserType } from "nuqs/server";
import type { PageScope } from "@/components/filters/page-scope";
import { FILTER_DIMENSIONS } from "@/components/filters/search-params";
import type { PullRequestsRequest } from "@/components/query/query-keys";
import { CAUSE_FILTERS } from "@/lib/core/failure-causes";
import type { pullRequestParsers } from "./explorer-params";
import { openCursor } from "./page-cursor";

export type ExplorerState = inferParserType<typeof pullRequestParsers>;

const PAGE_SIZE = 50;
const MOST_HOURS = 8760;

/** What a cursor belongs to: everything in the address that chooses or orders the rows. */
export function listOf(state: ExplorerState): object {
  const { among, cause, counted, ended, from, metric, part, period, q, rolledBack, sign, sort, to, window, within } =
    state;
  return {
    among,
    cause,
    counted,
    ended,
    from,
    metric,
    part,
    period,
    q,
    rolledBack,
    sign,
    sort,
    to,
    window,
    within,
    filters: FILTER_DIMENSIONS.map((dimension) => state[dimension]),
  };
}

/** Whether hours of an address are some that the list can be asked for; others are passed over. */
export const isWithin = (within: number | null): within is number =>
  within !== null && within > 0 && within <= MOST_HOURS;

/** The causes of failure that the address names; words that are none are passed over. */
export function causesIn({ cause }: Pick<ExplorerState, "cause">): (typeof CAUSE_FILTERS)[number][] {
  return CAUSE_FILTERS.filter((word) => cause.includes(word));
}

/** The page of the list that the address asks for. */
export function pageRequest(scope: PageScope, state: ExplorerState): PullRequestsRequest {
  const cursor = openCursor(state.cursor, listOf(state));
  return {
    ...selection(scope, state),
    ...(state.rolledBack !== null && { rolledBack: state.rolledBack }),
    sort: state.sort,
    limit: PAGE_SIZE,
    ...(cursor !== null && { cursor }),
  };
}

/** Asked for its total: how many of the selection were rolled back. */
export function rolledBackRequest(scope: PageScope, state: ExplorerState): PullRequestsRequest {
  return { ...selection(scope, state), rolledBack: true, limit: 1 };
}

function selection(
  scope: PageScope,
  state: ExplorerState,
): Pick<
  PullRequestsRequest,
  "from" | "to" | "filters" | "q" | "window" | "counted" | "ended" | "metric" | "part" | "sign" | "among" | "within"
> {
  const causes = causesIn(state);
  return {
    from: scope.period.from,
    to: scope.period.to,
    filters: causes.length === 0 ? scope.filters : { ...scope.filters, cause: causes },
    ...(state.q !== "" && { q: state.q }),
    ...(state.window !== null && { window: state.window }),
    ...(state.sign !== null && { sign: state.sign }),
    ...(state.sign !== null && state.among.length > 0 && { among: state.among }),
    ...(isWithin(state.within) && { within: state.within }),
    ...(state.ended !== null && { ended: state.ended }),
    ...(state.counted !== null && { counted: state.counted }),
    ...(state.metric !== null && { metric: state.metric }),
    ...(state.metric !== null && state.part !== null && { part: state.part }),
  };
}
