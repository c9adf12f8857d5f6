import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const commitsPerDay: MetricDefinition = {
  descriptor: {
    id: "commits_per_day",
    version: 1,
    title: "Commits a working day",
    shortTitle: "Commits / day",
    question: "How much is committed?",
    definition:
      "Commits of eligible merged pull requests as they stood on their branches, without merges, for each day from Monday to Friday.",
    formula: "commits of eligible merged pull requests / working days",
    unit: "per_working_day",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "none",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "commits_per_day",
    caveats: [
      "Activity, and no achievement: never compare teams by it.",
      "By the day of the merge, and not of the commit. Holidays are not taken off.",
      "Only commits that a source tells of: a clone without pull request refs knows none of those that were squashed.",
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
    ],
    sources: ["Metric specification 2.1"],
    benchmarks: [
      {
        id: "000-10",
        low: 8.4,
        high: 11.2,
        category: null,
        source:
          "From Prototype to Production: The Data-Driven Saga of an AI Coding Agent Transforming an Enterprise: one squad, before and after",
        date: "2025",
        comparability: "caution",
      },
    ],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "rate", per: "working_day", counted: ALWAYS, sum: "commits", unknown: "unknown_commits" },
};
