"use client";

import { ReportView } from "@/components/layout/report-view";
import { AdoptionReport } from "@/components/reports/adoption/adoption-report";

/** Who works with agents, how far each team has come, and what came of it. */
export function AdoptionView() {
  return <ReportView report={AdoptionReport} />;
}
