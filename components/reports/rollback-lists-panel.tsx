"use client";

import { useState } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import type { RollbacksRequest } from "@/components/query/query-keys";
import { rollbacksCsvHref, useRollbacks } from "@/components/query/use-rollbacks";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/core/format";
import { QueryError } from "./query-error";
import {
  ROLLBACK_LIST_LABEL,
  ROLLBACK_LIST_NOTE,
  ROLLBACK_LISTS,
  type RollbackList,
  rollbackListRequest,
} from "./rollback-lists";
import { RollbackTable } from "./rollback-table";

const MAX_PAGES = 8;

/** Every pull request that came back, with the evidence, in four lists that are counted. */
export function RollbackListsPanel({
  scope,
  list,
  onList,
}: {
  scope: PageScope;
  list: RollbackList;
  onList: (list: RollbackList) => void;
}) {
  const rolledBack = useRollbacks(rollbackListRequest(scope, "rolledBack", list));
  const partial = useRollbacks(rollbackListRequest(scope, "partial", list));
  const relanded = useRollbacks(rollbackListRequest(scope, "relanded", list));
  const unresolved = useRollbacks(rollbackListRequest(scope, "unresolved", list));
  const queries = { rolledBack, partial, relanded, unresolved };
  const open = queries[list];
  const request = rollbackListRequest(scope, list, list);
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
      note={ROLLBACK_LIST_NOTE[list]}
      className="lg:col-span-2"
      tools={<PanelChoice label="List" value={list} options={options} onChange={onList} />}
      csvHref={rollbacksCsvHref(request)}
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
      {onMore !== null && next !== null && (
        <Button variant="ghost" size="sm" className="mt-2 self-start text-ink-2" onClick={() => onMore(next)}>
          Show more
        </Button>
      )}
    </>
  );
}
