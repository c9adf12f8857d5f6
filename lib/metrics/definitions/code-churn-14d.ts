import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { CHURN_CAVEATS } from "./quality-caveats";

export const codeChurn14d: MetricDefinition = {
  descriptor: {
    id: "code_churn_14d",
    version: 1,
    title: "Code churn, 14 days",
    shortTitle: "Churn, 14 d",
    question: "How much is written again within two weeks?",
    definition:
      "Effective lines of merged pull requests that others deleted or changed within 14 days of the merge, as a share of the effective lines that were merged.",
    formula: "lines deleted or changed again within 14 days / Σ effective lines merged",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: 14 * DAY_SECONDS,
    interval: "bootstrap over pull requests, 95 %; delta method above 200",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "code_churn_14d",
    caveats: CHURN_CAVEATS,
    sources: ["Metric specification 2.4"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "ratio", numerator: "churned14d", denominator: "churnLines", unknown: "unknown_churn" },
};
