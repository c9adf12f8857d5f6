import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import { ROSTER_CAVEAT } from "./people";
import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const featuresPerEngineerWeek: MetricDefinition = {
  descriptor: {
    id: "features_per_engineer_week",
    version: 1,
    title: "Features per engineer and week",
    shortTitle: "Features / engineer-week",
    question: "How many features are shipped for each engineer?",
    definition:
      "Features that merged pull requests completed, for each week of work of the people on the roster: an issue that asks for one counts once, with the last pull request that closes it.",
    formula: "completed features / Σ engineer-weeks on the roster",
    unit: "per_engineer_week",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS.filter((dimension) => dimension !== "repo"),
    chart: "line",
    exportColumn: "features_per_engineer_week",
    caveats: [
      "An issue asks for a feature by its labels (feature, enhancement). A pull request that closes no such issue is one by its own label, or by a title that begins with feat.",
      "Features are not of one size: a team that cuts them smaller ships more.",
      "By the day of the merge, and not of the deployment.",
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
      ROSTER_CAVEAT,
      "By author or task the features are narrowed and the engineer-weeks are not.",
    ],
    sources: ["Metric specification 2.1"],
    benchmarks: [
      {
        id: "004-01",
        low: 1.2,
        high: 3.6,
        category: null,
        source: "Inside six months of AI agents in a production engineering workflow (BlockPort): before and after",
        date: "2026",
        comparability: "caution",
      },
    ],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "rate", per: "engineer_week", counted: ALWAYS, sum: "features" },
};
