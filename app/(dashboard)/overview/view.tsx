"use client";

import { ReportView } from "@/components/layout/report-view";
import { OverviewReport } from "./report";

/** How the fleet does in this period against the last one. */
export function OverviewView() {
  return <ReportView report={OverviewReport} />;
}
