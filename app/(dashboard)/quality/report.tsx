"use client";

import type { PageScope } from "@/components/filters/page-scope";
import { FailureCausesPanel } from "@/components/reports/failures/failure-causes-panel";
import { FirstEventsPanel } from "@/components/reports/first-events-panel";
import { MeasuresReport } from "@/components/reports/measures/measures-report";
import { qualityOpening } from "@/components/reports/measures/quality-opening";
import { OperationsSection } from "@/components/reports/operations/operations-section";
import { QUALITY } from "./measures";

const SIDE_BY_SIDE = {
  title: "What does merged work bring with it?",
  note: "As they are: agents and people do different work, so a difference is not yet one of care.",
};

export function QualityReport({ scope }: { scope: PageScope }) {
  return (
    <MeasuresReport page={QUALITY} scope={scope} sideBySide={SIDE_BY_SIDE} openingOf={qualityOpening}>
      <div className="mt-4">
        <FailureCausesPanel scope={scope} />
      </div>
      <OperationsSection scope={scope} path="/quality" />
      <FirstEventsPanel scope={scope} />
    </MeasuresReport>
  );
}
