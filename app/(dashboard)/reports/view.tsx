"use client";

import { ReportView } from "@/components/layout/report-view";
import { ReportsReport } from "@/components/reports/report-files/reports-report";

/** Reports as files. */
export function ReportsView() {
  return <ReportView report={ReportsReport} />;
}
