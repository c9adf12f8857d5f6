"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { requestOver } from "@/components/filters/page-scope";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { CATEGORIES, CATEGORY_LABEL, type Category } from "@/lib/core/dimensions";
import { formatCount, formatList, formatQuantity } from "@/lib/core/format";
import { GATE_LABEL, SHIPPED_POLICY } from "@/lib/core/policy";
import type { MetricRow } from "@/lib/metrics/types";
import { agentsIn } from "./measures/measure-page";
import { QueryError } from "./query-error";
import { RateCell } from "./rate-cell";
import { useBehind } from "./use-behind";

const ID = "compliance_rate";

interface Line {
  category: Category;
  row: MetricRow | undefined;
}

/** What the policy asks of each kind of work, and how much of it was merged that way. */
export function CompliancePanel({ scope }: { scope: PageScope }) {
  const request = useMemo(() => requestOver(agentsIn(scope), { metrics: [ID], groupBy: ["category"] }), [scope]);
  const { data, error, isPlaceholderData, refetch } = useMetricsQuery(request);
  const behind = useBehind();
  const columns = useMemo(() => columnsOf((category) => behind(ID, { part: "rest", category: [category] })), [behind]);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const rows = rowsOf(data, ID);
  const lines = CATEGORIES.map(
    (category): Line => ({ category, row: rows.find(({ group }) => group.category === category) }),
  );
  return (
    <MetricPanel
      title="What does the policy ask, and was it followed?"
      note="The policy that is shipped: what nobody has configured needs a person’s approval and a review within two hours. What a check did not report is counted as not told, never as followed."
      csvHref={metricsCsvHref(request)}
      busy={isPlaceholderData}
      pending={data === undefined}
      className="mt-4"
    >
      <DataTable caption="The policy by task" columns={columns} rows={lines} rowKey={({ category }) => category} />
    </MetricPanel>
  );
}

function columnsOf(hrefOf: (category: Category) => string): DataColumn<Line>[] {
  return [
    {
      id: "category",
      header: "Task",
      rowHeader: true,
      sortValue: ({ category }) => CATEGORY_LABEL[category],
      cell: ({ category }) => CATEGORY_LABEL[category],
    },
    {
      id: "asks",
      header: "It asks for",
      className: "max-md:hidden",
      cell: ({ category }) => <span className="text-ink-2">{asksFor(category)}</span>,
    },
    {
      id: "followed",
      header: "Followed",
      align: "right",
      sortValue: ({ row }) => row?.value ?? null,
      cell: ({ row }) => <RateCell row={row} />,
    },
    {
      id: "against",
      header: "Against it",
      align: "right",
      cell: ({ category, row }) => {
        const against = (row?.n ?? 0) - (row?.k ?? 0);
        if (against === 0) return <span className="text-ink-3">none</span>;
        return (
          <Link
            prefetch={false}
            href={hrefOf(category)}
            className="-my-1 inline-block py-1 underline underline-offset-3"
          >
            {formatCount(against)}
          </Link>
        );
      },
    },
    {
      id: "untold",
      header: "Not told",
      align: "right",
      cell: ({ row }) => <span className="text-ink-3">{formatCount(row?.excluded.not_evaluable ?? 0)}</span>,
    },
  ];
}

function asksFor(category: Category): string {
  const { autoMerge, gates, needsSecurityTeam, reviewHours } = SHIPPED_POLICY[category];
  const checks = gates.length === 0 ? [] : [formatList(gates.map((gate) => GATE_LABEL[gate]))];
  const people = [
    ...(autoMerge ? ["may merge itself"] : ["a person’s approval"]),
    ...(needsSecurityTeam ? ["the security team’s"] : []),
    ...(category === "security_critical" ? ["two people’s on sensitive paths"] : []),
  ];
  return [...people, ...checks, `review within ${formatQuantity(reviewHours, "hour")}`].join("; ");
}
