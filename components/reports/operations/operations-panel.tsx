"use client";

import { useQueryState } from "nuqs";
import { useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { useOperations } from "@/components/query/use-operations";
import { QueryError } from "@/components/reports/query-error";
import { formatCount } from "@/lib/core/format";
import { OPERATION_LISTS, type OperationList, operationListParser, operationListRequest } from "./operation-requests";
import { OperationTable } from "./operation-table";

const LABEL: Readonly<Record<OperationList, string>> = {
  failed: "Failed",
  unplanned: "Unplanned",
  deployments: "All",
  incidents: "Incidents",
};
const NOTE: Readonly<Record<OperationList, string>> = {
  failed: "Within a day an incident named what they brought, or their service went back to an older version.",
  unplanned: "Hotfixes, and rollbacks to an older version.",
  deployments: "Every deployment to production.",
  incidents: "Everything that was declared an incident, whatever caused it.",
};
const NONE: Readonly<Record<OperationList, string>> = {
  failed: "No deployment is known to have failed in this period",
  unplanned: "Nothing unplanned was deployed in this period",
  deployments: "No deployments are told of in this period",
  incidents: "No incidents are told of in this period",
};

/** The deployments and incidents behind the figures, newest first. */
export function OperationsPanel({
  scope,
  isTold,
  waits,
}: {
  scope: PageScope;
  /** Whether deployments are told of for any of the repositories in view. */
  isTold: boolean;
  waits: boolean;
}) {
  const [shown, setShown] = useQueryState("operations", operationListParser);
  const request = useMemo(() => operationListRequest(scope, shown), [scope, shown]);
  const { data, error, isPlaceholderData, pages } = useOperations(request, { enabled: !waits });
  if (error !== null) return <QueryError error={error} onRetry={() => pages.refetch()} />;
  const total = data?.total ?? 0;
  const items = data?.items ?? [];
  return (
    <MetricPanel
      title="Which deployments, and what became of them?"
      note={data === undefined ? NOTE[shown] : `${NOTE[shown]} ${formatCount(total)} in this period, newest first.`}
      className="lg:col-span-2"
      pending={data === undefined}
      busy={isPlaceholderData}
      tools={
        <PanelChoice
          label="Show"
          value={shown}
          options={OPERATION_LISTS.map((value) => ({ value, label: LABEL[value] }))}
          onChange={setShown}
        />
      }
      footer={
        pages.hasNextPage && (
          <button
            type="button"
            className="mt-1 -ml-1.5 min-h-6 self-start rounded-md px-1.5 text-note text-ink-2 hover:bg-sunken hover:text-ink"
            onClick={() => pages.fetchNextPage()}
          >
            Show more
          </button>
        )
      }
    >
      {items.length === 0 ? (
        <StateMessage compact title={isTold ? NONE[shown] : NONE[shown === "incidents" ? shown : "deployments"]}>
          {(!isTold || shown === "deployments" || shown === "incidents") && (
            <p>
              They come from GitHub: deployments to an environment called production, and issues with the label
              incident.
            </p>
          )}
        </StateMessage>
      ) : (
        <OperationTable caption={LABEL[shown]} items={items} timeZone={scope.timeZone} />
      )}
    </MetricPanel>
  );
}
