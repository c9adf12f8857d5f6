import { DAY_SECONDS } from "@/lib/core/dimensions";
import { clearWithin, not, rolledBackWithin } from "./condition";
import type { MetricDefinition } from "./definition";
import { PUBLISHED_SAFE_BANDS } from "./published-rollback-bands";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { ROLLBACK_CAVEATS } from "./rollback-caveats";

const WINDOW_SECONDS = 7 * DAY_SECONDS;
const CLEAR = { is: clearWithin(WINDOW_SECONDS), unknown: "unclear_rollback" } as const;

export const safeRate7d: MetricDefinition = {
  descriptor: {
    id: "safe_rate_7d",
    version: 2,
    title: "Still in place after 7 days",
    shortTitle: "Safe after 7 d",
    question: "How much of what agents shipped stayed?",
    definition: "Mature agent pull requests that were not rolled back within 7 days, as a share of all mature ones.",
    formula: "mature eligible pull requests not rolled back within 7 days of merge / mature eligible pull requests",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: WINDOW_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "safe_rate_7d",
    caveats: ROLLBACK_CAVEATS,
    sources: ["Metric specification 2.5 and 2.0 (G8)"],
    benchmarks: PUBLISHED_SAFE_BANDS,
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: not(rolledBackWithin(WINDOW_SECONDS)),
    known: CLEAR,
  },
};
