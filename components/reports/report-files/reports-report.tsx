"use client";

import type { PageScope } from "@/components/filters/page-scope";
import { PageHeader } from "@/components/layout/page-header";
import { HeadlineText } from "@/components/metrics/headline-text";
import { formatDateRange } from "@/lib/core/format";
import { MadeReportsPanel } from "./made-reports-panel";
import { OfferedReportsPanel } from "./offered-reports-panel";
import { SchedulesPanel } from "./schedules-panel";

const noon = (day: string) => `${day}T12:00:00Z`;

/** Reports as files: those that can be had of the period and filters, and those that were made. */
export function ReportsReport({ scope }: { scope: PageScope }) {
  const { firstDay, lastDay } = scope.period;
  return (
    <>
      <PageHeader
        headline={
          <HeadlineText
            segments={[
              "Take the figures of ",
              { figure: `${formatDateRange(noon(firstDay), noon(lastDay), "UTC")}` },
              " with you.",
            ]}
          />
        }
        lede="Choose the period and the teams above, then the report: it holds what the pages show of them. It is made meanwhile, and kept for seven days."
      />
      <div className="grid gap-4">
        <OfferedReportsPanel scope={scope} />
        <MadeReportsPanel />
        <SchedulesPanel scope={scope} />
      </div>
    </>
  );
}
