import { ATTRIBUTION_CAVEATS } from "./attribution-caveats";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const attributionWeakShare: MetricDefinition = {
  descriptor: {
    id: "attribution_weak_share",
    version: 1,
    title: "Authorship on weak evidence",
    shortTitle: "Weak evidence",
    question: "Of how much of the work is it only likely who wrote it?",
    definition:
      "Merged pull requests whose authorship rests on weak evidence, such as a label or a squashed message without its branch, as a share of all.",
    formula: "pull requests attributed by weak evidence / merged pull requests",
    unit: "proportion",
    direction: "lower",
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
  measure: { kind: "proportion", numerator: { is: "confidence", among: ["weak"] } },
};
