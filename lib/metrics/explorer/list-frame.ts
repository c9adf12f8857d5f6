import type { Dimension } from "@/lib/core/dimensions";
import type { Queryable } from "@/lib/db/pool";
import type { Sql } from "@/lib/db/sql";
import { sql } from "@/lib/db/sql";
import type { Directory } from "@/lib/metrics/directory";
import { resolveMoment, resolveTimeZone } from "@/lib/metrics/period";
import { type Filters, withoutEmpty } from "@/lib/metrics/schema";
import { type Selection, selectPullRequests } from "@/lib/metrics/selection";

type FlatQuery = Filters & { from?: string | undefined; to?: string | undefined; timeZone?: string | undefined };

/** The filters of a list's parameters. */
function filtersIn({ org, repo, team, agent, authorKind, category, severity, sizeBucket }: Filters): Filters {
  return withoutEmpty({ org, repo, team, agent, authorKind, category, severity, sizeBucket });
}

export interface ListFrame {
  selection: Selection;
  /** Condition on a time column; true when the list has no period. */
  within: (column: Sql) => Sql;
  /** Conditions of the filters on a pull request `f`, by dimension. */
  conditions: Map<Dimension, Sql>;
}

/** Resolves what the lists have in common: filters and an optional, possibly half-open period. */
export async function resolveList(client: Queryable, directory: Directory, query: FlatQuery): Promise<ListFrame> {
  const selection = selectPullRequests(directory, filtersIn(query), "");
  const timeZone = await resolveTimeZone(client, query.timeZone, selection.orgs);
  const from = query.from === undefined ? null : await resolveMoment(client, query.from, timeZone);
  const to = query.to === undefined ? null : await resolveMoment(client, query.to, timeZone);
  return {
    selection,
    conditions: selection.conditions,
    within: (column) =>
      sql.join(
        [
          sql`true`,
          ...(from === null ? [] : [sql`${column} >= ${from.toISOString()}::timestamptz`]),
          ...(to === null ? [] : [sql`${column} < ${to.toISOString()}::timestamptz`]),
        ],
        " AND ",
      ),
  };
}
