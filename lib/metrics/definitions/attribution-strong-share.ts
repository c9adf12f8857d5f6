import { ATTRIBUTION_CAVEATS } from "./attribution-caveats";
import { BY_AGENT } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const attributionStrongShare: MetricDefinition = {
  descriptor: {
    id: "attribution_strong_share",
    version: 1,
    title: "Carries a strong mark of an agent",
    shortTitle: "Strong mark",
    question: "Of how much of the work do marks say that an agent had a hand in it?",
    definition:
      "Merged pull requests in which an agent had a hand by strong evidence, as a share of all; those without any mark may be of people, or of agents under people’s accounts.",
    formula: "pull requests with a strong mark of an agent / merged pull requests",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "attribution_strong_share",
    caveats: ATTRIBUTION_CAVEATS,
    sources: ["Metric specification 2.0 (G4)"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: { is: "all", of: [BY_AGENT, { is: "confidence", among: ["certain", "strong"] }] },
  },
};
