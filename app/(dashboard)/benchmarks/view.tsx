"use client";

import { ReportView } from "@/components/layout/report-view";
import { BenchmarksReport } from "@/components/reports/benchmarks/benchmarks-report";

/** What others have published, beside one's own figures. */
export function BenchmarksView() {
  return <ReportView report={BenchmarksReport} />;
}
