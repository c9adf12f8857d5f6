"use client";

import { ReportView } from "@/components/layout/report-view";
import { PullRequestExplorer } from "@/components/pull-requests/explorer";

/** Which pull requests, exactly. */
export function PullRequestsView() {
  return <ReportView report={PullRequestExplorer} />;
}
