import type { MetricDefinition } from "./definition";
import { MODEL_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const roiPct: MetricDefinition = {
  descriptor: {
    id: "roi_pct",
    version: 1,
    title: "Return on investment",
    shortTitle: "ROI",
    question: "Does it pay?",
    definition:
      "What agents bring over the months that are planned for, less what they cost, by what they cost; all of it discounted.",
    formula: "(present value of benefits − present value of costs) / present value of costs",
    unit: "return",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Monte Carlo, 10th to 90th percentile",
    dimensions: MONEY_DIMENSIONS,
    chart: "none",
    exportColumn: "roi_pct",
    caveats: [...MODEL_CAVEATS],
    sources: ["Metric specification 3.2"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "roi_pct" },
};
