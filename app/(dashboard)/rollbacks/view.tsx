"use client";

import { ReportView } from "@/components/layout/report-view";
import { RollbacksReport } from "./report";

/** What was taken back, how soon, where, and how that is known. */
export function RollbacksView() {
  return <ReportView report={RollbacksReport} />;
}
