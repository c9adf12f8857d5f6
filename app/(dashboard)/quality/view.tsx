"use client";

import { ReportView } from "@/components/layout/report-view";
import { QualityReport } from "./report";

/** What merged work brings with it: defects, corrections, rollbacks. */
export function QualityView() {
  return <ReportView report={QualityReport} />;
}
