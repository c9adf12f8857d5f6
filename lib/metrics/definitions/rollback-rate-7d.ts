import { DAY_SECONDS } from "@/lib/core/dimensions";
import { clearWithin, rolledBackWithin } from "./condition";
import type { MetricDefinition } from "./definition";
import { PUBLISHED_7D_BANDS } from "./published-rollback-bands";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { ROLLBACK_CAVEATS } from "./rollback-caveats";

const WINDOW_SECONDS = 7 * DAY_SECONDS;
const CLEAR = { is: clearWithin(WINDOW_SECONDS), unknown: "unclear_rollback" } as const;

export const rollbackRate7d: MetricDefinition = {
  descriptor: {
    id: "rollback_rate_7d",
    version: 2,
    title: "Rolled back within 7 days",
    shortTitle: "Rolled back, 7 d",
    question: "How often is agent work taken back within 7 days?",
    definition:
      "Mature agent pull requests that were rolled back within 7 days of their merge: by a full revert, by going back to an older version in production, or as a program told, as a share of all mature ones.",
    formula: "mature eligible pull requests rolled back within 7 days of merge / mature eligible pull requests",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: WINDOW_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "rollback_rate_7d",
    caveats: ROLLBACK_CAVEATS,
    sources: ["Metric specification 2.5 and 2.0 (G8)"],
    benchmarks: PUBLISHED_7D_BANDS,
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "proportion", numerator: rolledBackWithin(WINDOW_SECONDS), known: CLEAR },
};
