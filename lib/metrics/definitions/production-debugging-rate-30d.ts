import { DAY_SECONDS } from "@/lib/core/dimensions";
import { isYes } from "./condition";
import type { MetricDefinition } from "./definition";
import { AGENT_POPULATION_CAVEAT, ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const productionDebuggingRate30d: MetricDefinition = {
  descriptor: {
    id: "production_debugging_rate_30d",
    version: 1,
    title: "Debugged in production",
    shortTitle: "Debugged",
    question: "How much deployed work has to be debugged in production?",
    definition: "Deployed pull requests that an incident within 30 days of the merge names as its cause.",
    formula: "deployed agent pull requests named by an incident within 30 days / mature deployed agent pull requests",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: 30 * DAY_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "production_debugging_rate_30d",
    caveats: [
      "Only incidents that name the pull request: hotfixes, defects that were found in production and sessions of debugging that no incident tells of are missed, so the true share is higher.",
      "Only pull requests of which a production deployment is known, in organisations that tell of incidents.",
      "Not comparable with a survey of what leaders believe (a press report on one says 43 %).",
      AGENT_POPULATION_CAVEAT,
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
    ],
    sources: ["Metric specification 2.6"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: true,
  measure: {
    kind: "proportion",
    numerator: isYes("debugged30d"),
    known: { column: "debugged30d", unknown: "not_deployed" },
  },
};
