import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { ROLLBACK_CAVEATS } from "./rollback-caveats";

const WINDOW_SECONDS = 21 * DAY_SECONDS;

export const postMergeReworkRate21d: MetricDefinition = {
  descriptor: {
    id: "post_merge_rework_rate_21d",
    version: 1,
    title: "Reworked after the merge",
    shortTitle: "Reworked, 21 d",
    question: "How much merged agent work has to be corrected soon after?",
    definition:
      "Mature merged agent pull requests that were taken back, wholly or in part, within 21 days of the merge.",
    formula:
      "mature merged agent pull requests rolled back or partly reverted within 21 days / mature merged agent pull requests",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: WINDOW_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "post_merge_rework_rate_21d",
    caveats: [
      "A pull request that only says that it fixes an earlier one is not recognised yet: the true share is higher.",
      ...ROLLBACK_CAVEATS.filter((caveat) => !caveat.startsWith("Only full reverts")),
    ],
    sources: ["Metric specification 2.4"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: true,
  measure: { kind: "proportion", numerator: { is: "atMost", column: "undoneSeconds", value: WINDOW_SECONDS } },
};
