"use client";

import { ReportView } from "@/components/layout/report-view";
import { TeamsReport } from "@/components/reports/teams/teams-report";

/** Every team beside the others. */
export function TeamsView() {
  return <ReportView report={TeamsReport} />;
}
