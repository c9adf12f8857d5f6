"use client";

import { ReportView } from "@/components/layout/report-view";
import { CostsReport } from "@/components/reports/costs/costs-report";

/** What agents cost. */
export function CostsView() {
  return <ReportView report={CostsReport} />;
}
