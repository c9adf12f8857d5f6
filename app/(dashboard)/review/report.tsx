"use client";

import type { PageScope } from "@/components/filters/page-scope";
import { AuditFactorPanel } from "@/components/reports/audit-factor-panel";
import { CompliancePanel } from "@/components/reports/compliance-panel";
import { MeasuresReport } from "@/components/reports/measures/measures-report";
import { reviewOpening } from "@/components/reports/measures/review-opening";
import { ReviewerLoadPanel } from "@/components/reports/reviewer-load-panel";
import { REVIEW } from "./measures";

const SIDE_BY_SIDE = {
  title: "How does the work of agents fare beside that of people?",
  note: "As they are: agents and people do different work, so a difference is not yet one of skill.",
};

export function ReviewReport({ scope }: { scope: PageScope }) {
  return (
    <MeasuresReport page={REVIEW} scope={scope} sideBySide={SIDE_BY_SIDE} openingOf={reviewOpening}>
      <AuditFactorPanel scope={scope} />
      <CompliancePanel scope={scope} />
      <ReviewerLoadPanel scope={scope} />
    </MeasuresReport>
  );
}
