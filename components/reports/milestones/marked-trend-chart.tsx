"use client";

import type { ComponentProps } from "react";
import TrendChart from "@/components/charts/trend-chart";
import type { PageScope } from "@/components/filters/page-scope";
import { formatDate } from "@/lib/core/format";
import { useTrendMilestones } from "./use-trend-milestones";

/** A trend with what was changed when: lines in it, and a list for whoever does not see them. */
export default function MarkedTrendChart({
  scope,
  grain,
  ...chart
}: Omit<ComponentProps<typeof TrendChart>, "marks"> & { scope: PageScope; grain: "week" | "month" }) {
  const { marks, shown } = useTrendMilestones(chart.data, grain, scope);
  return (
    <>
      <TrendChart {...chart} marks={marks} />
      {shown.length > 0 && (
        <ul aria-label="What was changed" className="sr-only">
          {shown.map(({ day, id, title }) => (
            <li key={id}>
              {title}, {formatDate(`${day}T12:00:00Z`, "UTC")}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
