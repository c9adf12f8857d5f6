"use client";

import Link from "next/link";
import { useFilters } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import type { RollbacksRequest } from "@/components/query/query-keys";
import { rollbacksCsvHref, useRollbacks } from "@/components/query/use-rollbacks";
import { formatCount } from "@/lib/core/format";
import { QueryError } from "./query-error";
import { serializeRollbackLists } from "./rollback-lists";
import { RollbackTable } from "./rollback-table";

/** The newest of what came back, and the way to all of it. */
export function LatestRollbacksPanel({
  request,
  timeZone,
  waits,
}: {
  request: RollbacksRequest;
  timeZone: string;
  /** Whether what stands above is still being asked for, which goes first. */
  waits: boolean;
}) {
  const [state] = useFilters();
  const { data, error, isPlaceholderData, refetch } = useRollbacks(request, { enabled: !waits });
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  return (
    <MetricPanel
      title="Latest rollbacks"
      note="Taken back in this period, whoever wrote it and whenever it was merged. The rates above go by the day of the merge."
      className="lg:col-span-2"
      csvHref={rollbacksCsvHref(request)}
      pending={data === undefined}
      busy={isPlaceholderData}
      tools={
        data !== undefined &&
        data.total > 0 && (
          <Link
            prefetch={false}
            href={serializeRollbackLists("/rollbacks", { ...state, by: "revert" })}
            className="inline-flex min-h-6 items-center rounded-md px-1.5 text-note text-ink-3 hover:bg-sunken hover:text-ink"
          >
            All {formatCount(data.total)}
          </Link>
        )
      }
    >
      {data !== undefined && data.items.length === 0 ? (
        <StateMessage compact title="Nothing was rolled back in this period" />
      ) : (
        <RollbackTable caption="Latest rollbacks" items={data?.items ?? []} timeZone={timeZone} />
      )}
    </MetricPanel>
  );
}
