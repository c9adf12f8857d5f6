import type { Scope } from "@/lib/auth/scope";
import { openFacts } from "@/lib/metrics/columns/store";
import type { Subject } from "@/lib/metrics/columns/table";
import { decodeCursor, encodeCursor, readWholeNumber } from "@/lib/metrics/explorer/cursor";
import { resolveList } from "@/lib/metrics/explorer/list-frame";
import type { OperationItem, Page } from "@/lib/metrics/explorer/types";
import type { OperationListQuery } from "@/lib/metrics/list-schema";
import { readOperationItems } from "./operation-items";
import { newestFirst, newestRows, type Position } from "./operation-rows";

const SUBJECTS: Readonly<Record<OperationListQuery["show"], readonly Subject[]>> = {
  deployments: ["change", "hotfix", "rollback"],
  unplanned: ["hotfix", "rollback"],
  failed: ["failure"],
  incidents: ["incident"],
};
/** The order of the list, which a cursor belongs to. */
const ORDER = "-at";

function readAfter({ cursor }: OperationListQuery): Position | null {
  if (cursor === undefined) return null;
  const { tie, value } = decodeCursor(cursor, ORDER, 2);
  return { at: readWholeNumber(value ?? ""), repoId: readWholeNumber(tie[0]), number: readWholeNumber(tie[1]) };
}

const cursorAt = ({ at, number, repoId }: Position): string =>
  encodeCursor({ sort: ORDER, value: String(at), tie: [String(repoId), String(number)] });

/**
 * One page of deployments or incidents, newest first: what the figures about them count, with what each rests on.
 * @throws {AppError} `unprocessable` for a filter value that is not known or a cursor of another list.
 */
export async function listOperations(scope: Scope, query: OperationListQuery): Promise<Page<OperationItem>> {
  const after = readAfter(query);
  const view = await openFacts(scope);
  const frame = resolveList(view.directory, query);
  const found = frame.selection.orgs.flatMap(({ id }) => {
    const table = view.operations(id);
    return table === null ? [] : newestRows(table, frame, SUBJECTS[query.show], { after, most: query.limit + 1 });
  });
  const rows = found.flatMap((one) => one.rows).sort(newestFirst);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: await readOperationItems(scope, view.directory, shown),
    nextCursor: last === undefined ? null : cursorAt(last),
    total: found.reduce((sum, { total }) => sum + total, 0),
  };
}
