import { DAY_SECONDS } from "@/lib/core/dimensions";
import { isYes, rolledBackWithin } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

const WINDOW_SECONDS = 7 * DAY_SECONDS;

export const humanInterventionRate: MetricDefinition = {
  descriptor: {
    id: "human_intervention_rate",
    version: 1,
    title: "People had to step in",
    shortTitle: "Intervened",
    question: "How often do people have to step in?",
    definition:
      "Merged or closed agent pull requests in which a person did more than approve and merge: asked for changes, commented in a review, committed, closed it, or took it back within 7 days.",
    formula:
      "merged or closed agent pull requests with a human act beyond approval / merged or closed agent pull requests",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: WINDOW_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "human_intervention_rate",
    caveats: [
      "Only pull requests old enough for the 7 days of the revert.",
      "Plain comments outside of reviews and resolved conflicts are not seen.",
      ...REVIEW_CAVEATS,
    ],
    sources: ["Metric specification 2.3"],
    benchmarks: [
      {
        id: "001-30",
        low: 0.4,
        high: 0.6,
        category: null,
        source: "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI)",
        date: "2025",
        comparability: "caution",
      },
    ],
  },
  population: "agent",
  subjects: ["merged", "closed"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: { is: "any", of: [isYes("intervened"), rolledBackWithin(WINDOW_SECONDS)] },
    known: { column: "intervened", unknown: "unknown_reviews" },
  },
};
