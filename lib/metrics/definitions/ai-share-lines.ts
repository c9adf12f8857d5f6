import type { MetricDefinition } from "./definition";
import { ELIGIBLE_CAVEAT, INVISIBLE_AGENT_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const aiShareLines: MetricDefinition = {
  descriptor: {
    id: "ai_share_lines",
    version: 1,
    title: "Agent share of merged lines",
    shortTitle: "Share of lines",
    question: "What part of the merged lines did agents write?",
    definition: "Effective added lines of agent commits as a share of all effective added lines that were merged.",
    formula: "Σ effective lines of agent commits / Σ effective lines",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval:
      "95 %: percentile bootstrap over pull requests (2,000 resamples, seeded) up to 200 of them, the delta method (linearised) above",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "ai_share_lines",
    caveats: [
      INVISIBLE_AGENT_CAVEAT,
      ELIGIBLE_CAVEAT,
      "Effective lines leave out generated, binary, vendored and renamed files; a modified line counts once, as added.",
      "Pull requests whose line counts are unknown leave both sums and are counted beside.",
      "By agent, all agent lines of a pull request count for each of its agents.",
      MANY_AGENTS_CAVEAT,
    ],
    sources: ["Metric specification 2.3 and 2.0 (G6)"],
    benchmarks: [
      {
        id: "003-01",
        low: 0.2,
        high: 0.3,
        category: null,
        source: "Lightrun survey of 200 SRE and DevOps leaders, 2026 (press report)",
        date: "2026",
        comparability: "no",
      },
    ],
  },
  population: "all",
  shareOf: ["agent", "authorKind"],
  alwaysBy: null,
  lowerBound: true,
  measure: {
    kind: "ratio",
    numerator: "agentLines",
    denominator: "effectiveLines",
    unknown: "unknown_lines",
  },
};
