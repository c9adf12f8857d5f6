"use client";

import { ReportView } from "@/components/layout/report-view";
import { ReviewReport } from "./report";

/** How much work passes review as it is, what has to be done over, and what nobody looks at. */
export function ReviewView() {
  return <ReportView report={ReviewReport} />;
}
