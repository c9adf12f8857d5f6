import type { MetricDefinition } from "./definition";
import { FLOW_CAVEATS } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const fixCycleTime: MetricDefinition = {
  descriptor: {
    id: "fix_cycle_time",
    version: 1,
    title: "Cycle time of fixes",
    shortTitle: "Fix time",
    question: "How long from the first commit of a fix to production?",
    definition:
      "Median cycle time to production of pull requests that close an issue which is a defect; what is not deployed yet counts as not yet over.",
    formula: "Kaplan–Meier median of first production deployment − start, of pull requests that close a defect",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Kaplan–Meier, 95 % from the log–log band; none where the band never falls to one half",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "fix_cycle_time",
    caveats: [
      "An issue is a defect by its labels (bug, defect, regression, crash), and a pull request closes it where GitHub says so.",
      "Only repositories whose deployments are told of.",
      ...FLOW_CAVEATS,
    ],
    sources: ["Metric specification 2.2"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "survival",
    lead: "cycleSeconds",
    column: "deploySeconds",
    watched: "fixWatched",
    unknown: "no_defect_fixed",
  },
};
