import { BY_AGENT } from "./condition";
import type { MetricDefinition } from "./definition";
import { ELIGIBLE_CAVEAT, INVISIBLE_AGENT_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const aiSharePrs: MetricDefinition = {
  descriptor: {
    id: "ai_share_prs",
    version: 1,
    title: "Agent share of merged pull requests",
    shortTitle: "Agent share",
    question: "What part of the merged pull requests involved an agent?",
    definition: "Eligible merged pull requests by agent or assisted, as a share of all eligible merged pull requests.",
    formula: "eligible merged pull requests by agent or assisted / eligible merged pull requests",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "ai_share_prs",
    caveats: [
      INVISIBLE_AGENT_CAVEAT,
      ELIGIBLE_CAVEAT,
      "By agent or author kind, and under a filter on them, a row is their share of all eligible pull requests.",
      MANY_AGENTS_CAVEAT,
    ],
    sources: ["Metric specification 2.3", "DX AI measurement framework"],
    benchmarks: [
      {
        id: "000-09",
        low: 0.7,
        high: 0.7,
        category: null,
        source: "From Prototype to Production: The Data-Driven Saga of an AI Coding Agent Transforming an Enterprise",
        date: "undated",
        comparability: "caution",
      },
    ],
  },
  population: "all",
  shareOf: ["agent", "authorKind"],
  alwaysBy: null,
  lowerBound: true,
  measure: {
    kind: "proportion",
    numerator: BY_AGENT,
  },
};
