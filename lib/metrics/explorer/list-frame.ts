import type { Directory } from "@/lib/metrics/directory";
import { resolveMoment, resolveTimeZone } from "@/lib/metrics/period";
import { type Filters, withoutEmpty } from "@/lib/metrics/schema";
import { type Selection, selectPullRequests } from "@/lib/metrics/selection";

type FlatQuery = Filters & { from?: string | undefined; to?: string | undefined; timeZone?: string | undefined };

/** The filters of a list's parameters. */
function filtersIn({ org, repo, team, agent, authorKind, category, severity, sizeBucket, cause }: Filters): Filters {
  return withoutEmpty({ org, repo, team, agent, authorKind, category, severity, sizeBucket, cause });
}

/** What the lists have in common. */
export interface ListFrame {
  selection: Selection;
  /** Ends of the half-open period; null: open on that side. */
  from: Date | null;
  to: Date | null;
}

/**
 * Resolves the filters and the period of a list.
 * @throws {AppError} `unprocessable` for a filter value that is not known.
 */
export function resolveList(directory: Directory, query: FlatQuery): ListFrame {
  const selection = selectPullRequests(directory, filtersIn(query), "");
  const timeZone = resolveTimeZone(query.timeZone, selection.orgs);
  return {
    selection,
    from: query.from === undefined ? null : resolveMoment(query.from, timeZone),
    to: query.to === undefined ? null : resolveMoment(query.to, timeZone),
  };
}
