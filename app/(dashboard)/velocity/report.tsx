"use client";

import type { PageScope } from "@/components/filters/page-scope";
import { MeasuresReport } from "@/components/reports/measures/measures-report";
import { velocityOpening } from "@/components/reports/measures/velocity-opening";
import { ThroughputSection } from "@/components/reports/throughput/throughput-section";
import { VELOCITY } from "./measures";

const SIDE_BY_SIDE = {
  title: "Where does the time go?",
  note: "Medians of the stages from the first commit to production. They do not add up to the median of the whole.",
};

export function VelocityReport({ scope }: { scope: PageScope }) {
  return (
    <MeasuresReport page={VELOCITY} scope={scope} sideBySide={SIDE_BY_SIDE} openingOf={velocityOpening}>
      <ThroughputSection scope={scope} />
    </MeasuresReport>
  );
}
