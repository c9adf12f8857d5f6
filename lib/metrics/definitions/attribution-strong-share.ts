import { ATTRIBUTION_CAVEATS } from "./attribution-caveats";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const attributionStrongShare: MetricDefinition = {
  descriptor: {
    id: "attribution_strong_share",
    version: 1,
    title: "Authorship known for sure",
    shortTitle: "Known for sure",
    question: "Of how much of the work is it certain who wrote it?",
    definition:
      "Merged pull requests of which it is certain, or strongly attested, whether an agent or a person wrote them, as a share of all.",
    formula: "pull requests attributed by certain or strong evidence / merged pull requests",
    unit: "proportion",
    direction: "higher",
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
  measure: { kind: "proportion", numerator: { is: "confidence", among: ["certain", "strong"] } },
};
