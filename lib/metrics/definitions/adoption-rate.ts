import type { MetricDefinition } from "./definition";
import { PEOPLE_DIMENSIONS, ROSTER_CAVEAT } from "./people";

export const adoptionRate: MetricDefinition = {
  descriptor: {
    id: "adoption_rate",
    version: 1,
    title: "Adoption of agents",
    shortTitle: "Adoption",
    question: "Who works with agents?",
    definition:
      "People on the roster for whom a pull request with an agent’s hand in it was merged in the 28 days before, of all for whom one was merged.",
    formula: "people with an agent or assisted pull request in 28 days / people with any pull request in 28 days",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PEOPLE_DIMENSIONS,
    chart: "line",
    exportColumn: "adoption_rate",
    caveats: [
      ROSTER_CAVEAT,
      "Active is for whom something was merged: who only reviewed, or has something open, is not counted.",
      "An agent’s pull request counts for whoever it was made for; where nobody on the roster is named it counts for nobody.",
      "Fewer than five people are not shown: the figure would be about persons.",
    ],
    sources: ["Metric specification 2.3", "DX AI measurement framework: weekly and monthly active users"],
    benchmarks: [
      {
        id: "002-06",
        low: 0.7,
        high: 0.9,
        category: null,
        source: "Enterprise AI Coding Assistant Case Studies: rollouts that succeeded",
        date: "2026-02-02",
        comparability: "ok",
      },
      {
        id: "002-04",
        low: 0.1,
        high: 0.3,
        category: null,
        source: "Enterprise AI Coding Assistant Case Studies: rollouts that failed",
        date: "2026-02-02",
        comparability: "ok",
      },
    ],
  },
  population: "all",
  shareOf: ["agent"],
  alwaysBy: null,
  lowerBound: true,
  measure: { kind: "people", unknown: "not_on_roster" },
};
