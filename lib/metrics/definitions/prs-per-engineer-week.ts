import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import { ROSTER_CAVEAT } from "./people";
import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const prsPerEngineerWeek: MetricDefinition = {
  descriptor: {
    id: "prs_per_engineer_week",
    version: 1,
    title: "Pull requests per engineer and week",
    shortTitle: "Per engineer-week",
    question: "How much is merged for each engineer?",
    definition:
      "Eligible merged pull requests, those of agents too, for each week of work of the people on the roster: a full week is five working days.",
    formula: "eligible merged pull requests / Σ engineer-weeks on the roster",
    unit: "per_engineer_week",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS.filter((dimension) => dimension !== "repo"),
    chart: "line",
    exportColumn: "prs_per_engineer_week",
    caveats: [
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
      ROSTER_CAVEAT,
      "By author or task the pull requests are narrowed and the engineer-weeks are not. What people write themselves is the row of people.",
      "GitHub does not say since when somebody is in a team: who was in it when it was first read counts from the beginning, with a full week. Holidays and leave are not taken off.",
    ],
    sources: ["Metric specification 2.1", "DX Core 4: diffs per engineer"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "rate", per: "engineer_week", counted: ALWAYS },
};
