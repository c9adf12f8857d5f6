import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { CATCH_CAVEATS } from "./quality-caveats";

export const preMergeCatchRate: MetricDefinition = {
  descriptor: {
    id: "pre_merge_catch_rate",
    version: 1,
    title: "Defects caught before the merge",
    shortTitle: "Caught before merge",
    question: "How many of the defects are found before they are merged?",
    definition:
      "Defects that were found before the pull request which brings them was merged, as a share of all that were found until 90 days after it.",
    formula: "defects found before the merge / defects found before the merge or within 90 days after it",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: 90 * DAY_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "pre_merge_catch_rate",
    caveats: CATCH_CAVEATS,
    sources: ["Metric specification 2.7"],
    benchmarks: [
      {
        id: "001-15",
        low: 0.65,
        high: 0.72,
        category: null,
        source: "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI)",
        date: "2025",
        comparability: "no",
      },
    ],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "sum_share", numerator: "caught", denominator: "caughtOrFound", unknown: "not_caught_anywhere" },
};
