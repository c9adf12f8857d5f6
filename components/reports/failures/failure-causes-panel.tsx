"use client";

import Link from "next/link";
import { useMemo } from "react";
import { MixBars } from "@/components/charts/mix-bars";
import { prepareMix } from "@/components/charts/prepare-mix";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { useMay } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { QueryError } from "@/components/reports/query-error";
import { useBehind } from "@/components/reports/use-behind";
import { Button } from "@/components/ui/button";
import { FAILURE_CAUSE_LABEL, FAILURE_CAUSES, NOT_TRIAGED } from "@/lib/core/failure-causes";
import { formatCount, formatQuantity } from "@/lib/core/format";
import { failureRequests } from "./failure-requests";

const ID = "failure_root_cause";
const CAUSES = { dimension: "cause", words: FAILURE_CAUSES, labels: FAILURE_CAUSE_LABEL } as const;

/** Why agent work failed: the share of each cause, and how many failures nobody has looked at. */
export function FailureCausesPanel({ scope }: { scope: PageScope }) {
  const { causes: request } = useMemo(() => failureRequests(scope), [scope]);
  const { data, error, isPending, isPlaceholderData, refetch } = useMetricsQuery(request);
  const behind = useBehind();
  const may = useMay("verdicts:write");
  const rows = rowsOf(data, ID);
  const bars = useMemo(() => prepareMix(rows, CAUSES), [rows]);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const triaged = rows[0]?.n ?? 0;
  const open = rows[0]?.excluded.not_triaged ?? 0;
  const failed = triaged + open;
  const openHref = behind(ID, { metric: null, part: null, cause: [NOT_TRIAGED] });
  return (
    <MetricPanel
      title="Why does agent work fail?"
      note="Of agent pull requests that were rolled back, meaningfully reworked, or that a defect names: the cause that a person said. One cause each; whoever looks chooses which, so these are shares of what was looked at."
      csvHref={metricsCsvHref(request)}
      busy={isPlaceholderData}
      pending={isPending}
      footer={
        open > 0 &&
        triaged > 0 && (
          <Link
            prefetch={false}
            href={openHref}
            className="inline-block py-1 text-note text-ink-2 underline underline-offset-3 hover:text-ink"
          >
            {formatQuantity(open, "failure")} of {formatCount(failed)} nobody has looked at
          </Link>
        )
      }
    >
      {triaged > 0 ? (
        <MixBars bars={bars} hrefOf={(cause) => behind(ID, { metric: ID, part: null, cause: [cause] })} />
      ) : failed === 0 ? (
        <StateMessage compact title="Nothing failed in this period">
          <p>No agent pull request here was rolled back, meaningfully reworked, or is named by a defect.</p>
        </StateMessage>
      ) : (
        <StateMessage
          compact
          title={`${formatQuantity(failed, "failure")}, and nobody has said why`}
          action={
            <Button asChild size="sm" variant="secondary">
              <Link prefetch={false} href={openHref}>
                Show them
              </Link>
            </Button>
          }
        >
          <p>
            {may
              ? "Open one and say what went wrong: with twenty or so the shares begin to mean something."
              : "Whoever leads a team says it on the page of the pull request."}
          </p>
        </StateMessage>
      )}
    </MetricPanel>
  );
}
