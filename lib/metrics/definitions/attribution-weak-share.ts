import { ATTRIBUTION_CAVEATS } from "./attribution-caveats";
import { BY_AGENT } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const attributionWeakShare: MetricDefinition = {
  descriptor: {
    id: "attribution_weak_share",
    version: 1,
    title: "Carries a weak mark of an agent",
    shortTitle: "Weak mark",
    question: "How much of the work is only likely to be of an agent?",
    definition: "Merged pull requests in which an agent had a hand by weak evidence alone, as a share of all.",
    formula: "pull requests with a weak mark of an agent / merged pull requests",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "attribution_weak_share",
    caveats: ATTRIBUTION_CAVEATS,
    sources: ["Metric specification 2.0 (G4)"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "proportion", numerator: { is: "all", of: [BY_AGENT, { is: "confidence", among: ["weak"] }] } },
};
