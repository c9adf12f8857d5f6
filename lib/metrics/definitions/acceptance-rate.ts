import type { MetricDefinition } from "./definition";
import { AGENT_POPULATION_CAVEAT, ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const acceptanceRate: MetricDefinition = {
  descriptor: {
    id: "acceptance_rate",
    version: 1,
    title: "Accepted",
    shortTitle: "Accepted",
    question: "How often is what agents propose taken?",
    definition: "Agent pull requests that were merged, as a share of those that were merged or closed.",
    formula: "merged agent pull requests / merged or closed agent pull requests",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "acceptance_rate",
    caveats: [
      "By when a pull request was merged or closed; open ones are in neither number.",
      "Only sources that know pull requests tell of closed ones: what only a clone tells of is left out and counted beside.",
      "Not every rejection is the agent's failure: a public study found about a third of them to be.",
      "Of closed pull requests neither lines nor sizes are known.",
      AGENT_POPULATION_CAVEAT,
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
    ],
    sources: [
      "Metric specification 2.3",
      "AIDev (arXiv 2507.15003): 35–65 % of agents' pull requests against 77 % of people's",
    ],
    benchmarks: [],
  },
  population: "agent",
  subjects: ["merged", "closed"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: { is: "subject", among: ["merged"] },
    known: { column: "intervened", unknown: "unknown_flow" },
  },
};
