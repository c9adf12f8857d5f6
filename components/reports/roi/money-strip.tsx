"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { serializeFilters } from "@/components/filters/search-params";
import { useFilters } from "@/components/filters/use-filters";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { QueryError } from "@/components/reports/query-error";
import { moneyRequest } from "./roi-requests";

const CARDS = ["cost_per_pr", "roi_pct", "npv"] as const;
const LINK = "inline-flex min-h-6 items-center rounded-md px-1.5 text-note text-ink-3 hover:bg-sunken hover:text-ink";

/** What agents cost and bring, in three figures, for whoever may see money. */
export function MoneyStrip({ scope, waits }: { scope: PageScope; waits: boolean }) {
  const [state] = useFilters();
  const { descriptors } = useWorkspace();
  const requests = useMemo(() => {
    const own = { ...scope, filters: moneyRequest(scope).filters };
    return {
      totals: requestOver(own, { metrics: [...CARDS], groupBy: [] }),
      course: requestOver(own, { metrics: ["cost_per_pr"], groupBy: [], grain: "month" }),
    };
  }, [scope]);
  const totals = useMetricsQuery(requests.totals, { enabled: !waits });
  const course = useMetricsQuery(requests.course, { enabled: !waits });
  const failed = [totals, course].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  const isTold = CARDS.some((metric) => rowsOf(totals.data, metric)[0]?.value != null);
  return (
    <MetricPanel
      title="What does it cost, and what is it worth?"
      note="Of organisations and teams in view; the other filters do not tell money apart. What rests on assumptions is marked on the page ROI."
      className="lg:col-span-2"
      csvHref={metricsCsvHref(requests.totals)}
      busy={totals.isPlaceholderData}
      tools={
        <>
          <Link prefetch={false} href={serializeFilters("/costs", state)} className={LINK}>
            Cost
          </Link>
          <Link prefetch={false} href={serializeFilters("/roi", state)} className={LINK}>
            ROI
          </Link>
        </>
      }
    >
      <AnsweredCards
        label="Cost and value"
        descriptors={CARDS.flatMap((metric) => descriptors.find(({ id }) => id === metric) ?? [])}
        totals={totals.data}
        course={course.data}
        timeZone={scope.timeZone}
        hrefOf={(metric) => serializeFilters(metric === "cost_per_pr" ? "/costs" : "/roi", state)}
      />
      {totals.data !== undefined && !isTold && (
        <p className="mt-2 text-note text-ink-3">
          What hours cost and how many agents save is in no log: it can be entered on the page ROI.
        </p>
      )}
    </MetricPanel>
  );
}
