import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import {
  AGENT_POPULATION_CAVEAT,
  ELIGIBLE_CAVEAT,
  INVISIBLE_AGENT_CAVEAT,
  MANY_AGENTS_CAVEAT,
} from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const agentPrsMerged: MetricDefinition = {
  descriptor: {
    id: "agent_prs_merged",
    version: 1,
    title: "Pull requests merged by agents",
    shortTitle: "Merged by agents",
    question: "How much did agents ship?",
    definition: "Eligible merged pull requests that an agent wrote, alone or together with a person.",
    formula: "count of eligible merged pull requests by agent or assisted",
    unit: "count",
    direction: "context",
    additive: true,
    windowSeconds: null,
    interval: "none: a complete count",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "bar",
    exportColumn: "agent_prs_merged",
    caveats: [AGENT_POPULATION_CAVEAT, ELIGIBLE_CAVEAT, INVISIBLE_AGENT_CAVEAT, MANY_AGENTS_CAVEAT],
    sources: ["Metric specification 2.0 (G3, G4)"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: true,
  measure: { kind: "count", counted: ALWAYS },
};
