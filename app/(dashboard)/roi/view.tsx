"use client";

import { ReportView } from "@/components/layout/report-view";
import { RoiReport } from "@/components/reports/roi/roi-report";

/** Whether agents pay. */
export function RoiView() {
  return <ReportView report={RoiReport} />;
}
