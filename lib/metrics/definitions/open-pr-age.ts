import type { MetricDefinition } from "./definition";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const openPrAge: MetricDefinition = {
  descriptor: {
    id: "open_pr_age",
    version: 1,
    title: "Age of open pull requests",
    shortTitle: "Open for",
    question: "What is stuck?",
    definition:
      "Median time since pull requests that are open when the data end became ready for review, and how many have been for more than 7 days.",
    formula: "median of the end of the data − ready",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "none: all that is open is counted",
    dimensions: OPERATION_DIMENSIONS,
    chart: "none",
    exportColumn: "open_pr_age",
    caveats: [
      "Known of the end of the data alone, whatever the period: what was open at another time is not kept.",
      "Whoever wrote them: open pull requests are not told apart by author or task. Their team is the owner of their repository.",
      "Drafts that nobody made ready are not in it. A clone does not tell of open pull requests.",
    ],
    sources: ["Metric specification 2.2"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "open_age" },
};
