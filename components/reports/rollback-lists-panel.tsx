"use client";

import Link from "next/link";
import { useState } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { ShowMore } from "@/components/layout/show-more";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import type { RollbacksRequest } from "@/components/query/query-keys";
import { rollbacksCsvHref, useRollbacks } from "@/components/query/use-rollbacks";
import { formatCount } from "@/lib/core/format";
import { QueryError } from "./query-error";
import {
  ROLLBACK_LIST_LABEL,
  ROLLBACK_LIST_NOTE,
  ROLLBACK_LISTS,
  type RollbackDate,
  type RollbackList,
  rollbackListRequest,
} from "./rollback-lists";
import { RollbackTable } from "./rollback-table";

const MAX_PAGES = 8;

const DATE_OPTIONS: readonly { value: RollbackDate; label: string }[] = [
  { value: "merge", label: "By merge" },
  { value: "revert", label: "By revert" },
];

const PERIOD_WORDS: Record<RollbackDate, string> = {
  merge: "What was merged in this period.",
  revert: "What was taken back in this period, whenever it was merged.",
};

/** Every pull request that came back, with the evidence, in lists that are counted. */
export function RollbackListsPanel({
  scope,
  list,
  by,
  onList,
  onDate,
  counted,
}: {
  scope: PageScope;
  list: RollbackList;
  by: RollbackDate;
  onList: (list: RollbackList) => void;
  onDate: (by: RollbackDate) => void;
  /** How many of the list the 7-day rate counts, and the list of exactly those; null where there is no rate. */
  counted: { count: number; who: string; href: string } | null;
}) {
  const chosen = { open: list, by };
  const rolledBack = useRollbacks(rollbackListRequest(scope, "rolledBack", chosen));
  const ambiguous = useRollbacks(rollbackListRequest(scope, "ambiguous", chosen));
  const undeclared = useRollbacks(rollbackListRequest(scope, "undeclared", chosen));
  const partial = useRollbacks(rollbackListRequest(scope, "partial", chosen));
  const relanded = useRollbacks(rollbackListRequest(scope, "relanded", chosen));
  const unresolved = useRollbacks(rollbackListRequest(scope, "unresolved", chosen));
  const queries = { rolledBack, ambiguous, undeclared, partial, relanded, unresolved };
  const open = queries[list];
  const request = rollbackListRequest(scope, list, chosen);
  const options = ROLLBACK_LISTS.map((value) => {
    const total = queries[value].data?.total;
    return {
      value,
      label: total === undefined ? ROLLBACK_LIST_LABEL[value] : `${ROLLBACK_LIST_LABEL[value]} ${formatCount(total)}`,
    };
  });
  if (open.error !== null) return <QueryError error={open.error} onRetry={() => open.refetch()} />;
  return (
    <MetricPanel
      title="What came back"
      note={
        <>
          {ROLLBACK_LIST_NOTE[list]} {PERIOD_WORDS[request.by]}
          {list === "rolledBack" && counted !== null && (
            <>
              {" "}
              The 7-day rate goes by the day of the merge and{" "}
              <Link
                prefetch={false}
                href={counted.href}
                className="text-ink-2 underline decoration-line-strong underline-offset-3 hover:decoration-ink"
              >
                counts {formatCount(counted.count)}
              </Link>
              : by {counted.who}, old enough, and undone within seven days.
            </>
          )}
        </>
      }
      className="lg:col-span-2"
      tools={
        <>
          <PanelChoice label="List" value={list} options={options} onChange={onList} />
          {list !== "unresolved" && (
            <>
              <span aria-hidden="true" className="mx-1 h-3.5 border-l" />
              <PanelChoice label="Period by" value={by} options={DATE_OPTIONS} onChange={onDate} />
            </>
          )}
        </>
      }
      csvHref={rollbacksCsvHref(request)}
      pending={open.data === undefined}
      busy={open.isPlaceholderData}
    >
      {open.data?.items.length === 0 ? (
        <StateMessage compact title="None in this period" />
      ) : (
        <Pages
          key={JSON.stringify(request)}
          request={request}
          timeZone={scope.timeZone}
          caption={ROLLBACK_LIST_LABEL[list]}
        />
      )}
    </MetricPanel>
  );
}

/** Pages below one another; each remembers where the next begins. */
function Pages({ request, timeZone, caption }: { request: RollbacksRequest; timeZone: string; caption: string }) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  return cursors.map((cursor, index) => (
    <ListPage
      key={cursor ?? "first"}
      request={cursor === null ? request : { ...request, cursor }}
      timeZone={timeZone}
      caption={index === 0 ? caption : `${caption}, page ${index + 1}`}
      onMore={
        index === cursors.length - 1 && cursors.length < MAX_PAGES ? (next) => setCursors([...cursors, next]) : null
      }
    />
  ));
}

function ListPage({
  request,
  timeZone,
  caption,
  onMore,
}: {
  request: RollbacksRequest;
  timeZone: string;
  caption: string;
  onMore: ((cursor: string) => void) | null;
}) {
  const { data } = useRollbacks(request);
  const next = data?.nextCursor ?? null;
  return (
    <>
      <RollbackTable
        caption={caption}
        items={data?.items ?? []}
        timeZone={timeZone}
        headless={request.cursor !== undefined}
      />
      {onMore !== null && next !== null && <ShowMore onClick={() => onMore(next)} />}
    </>
  );
}
