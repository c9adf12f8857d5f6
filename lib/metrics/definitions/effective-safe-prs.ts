import { DAY_SECONDS } from "@/lib/core/dimensions";
import { clearWithin, not, rolledBackWithin } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { ROLLBACK_CAVEATS } from "./rollback-caveats";

const WINDOW_SECONDS = 7 * DAY_SECONDS;

export const effectiveSafePrs: MetricDefinition = {
  descriptor: {
    id: "effective_safe_prs",
    version: 2,
    title: "Effective safe pull requests",
    shortTitle: "Effective safe PRs",
    question: "How many agent pull requests were merged and stayed?",
    definition:
      "Mature agent pull requests minus those that were rolled back within 7 days of their merge, and those of which that is not clear.",
    formula: "mature eligible pull requests − those rolled back within 7 days",
    unit: "count",
    direction: "higher",
    additive: true,
    windowSeconds: WINDOW_SECONDS,
    interval: "none: a complete count of integers, never a rounded rate times n",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "bar",
    exportColumn: "effective_safe_prs",
    caveats: ROLLBACK_CAVEATS,
    sources: ["Metric specification 2.5"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "count",
    counted: { is: "all", of: [not(rolledBackWithin(WINDOW_SECONDS)), clearWithin(WINDOW_SECONDS)] },
  },
};
