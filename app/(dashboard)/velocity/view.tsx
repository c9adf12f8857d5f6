"use client";

import { ReportView } from "@/components/layout/report-view";
import { VelocityReport } from "./report";

/** How fast work gets from the first commit to production, and where it waits. */
export function VelocityView() {
  return <ReportView report={VelocityReport} />;
}
