import { DAY_SECONDS } from "@/lib/core/dimensions";
import { clearWithin, not, rolledBackWithin } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { ROLLBACK_CAVEATS } from "./rollback-caveats";

const WINDOW_SECONDS = 7 * DAY_SECONDS;

export const humanEquivalentDevs: MetricDefinition = {
  descriptor: {
    id: "human_equivalent_devs",
    version: 2,
    title: "Developers who would merge as much",
    shortTitle: "Human equivalent",
    question: "How many developers would merge as many pull requests?",
    definition:
      "Safe agent pull requests a week, by how many one developer merges a week, less the developers that their review takes.",
    formula: "safe pull requests a week / pull requests of a developer a week − hours of review a week / 40",
    unit: "developers",
    direction: "context",
    additive: false,
    windowSeconds: WINDOW_SECONDS,
    interval: "Garwood exact Poisson of the safe pull requests, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "none",
    exportColumn: "human_equivalent_devs",
    caveats: [
      "Throughput equivalence, and no staffing: pull requests of agents and people differ in size and kind.",
      "What a developer merges is measured where teams said when they began with agents and the roster and the data reach thirteen weeks before; otherwise 8 a week are assumed, which is a published figure.",
      "Hours of review are estimated, and those of what was rolled back are not in it.",
      ...ROLLBACK_CAVEATS,
    ],
    sources: ["Metric specification 2.5"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "equivalent",
    safe: { is: "all", of: [not(rolledBackWithin(WINDOW_SECONDS)), clearWithin(WINDOW_SECONDS)] },
    review: "effortSeconds",
    unknown: "unknown_reviews",
  },
};
