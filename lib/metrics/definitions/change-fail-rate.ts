import { DAY_SECONDS } from "@/lib/core/dimensions";
import { isYes } from "./condition";
import type { MetricDefinition } from "./definition";
import { DORA_SOURCE, FAILED_CAVEAT, PRODUCTION_CAVEAT, SERVICE_CAVEAT } from "./delivery-caveats";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const changeFailRate: MetricDefinition = {
  descriptor: {
    id: "change_fail_rate",
    version: 1,
    title: "Change fail rate",
    shortTitle: "Failed changes",
    question: "How many deployments had to be intervened in?",
    definition:
      "Production deployments after which, within 24 hours, an incident began that names them or their service was rolled back.",
    formula: "failed production deployments / production deployments without rollbacks",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: DAY_SECONDS,
    interval: "Wilson, 95 %",
    dimensions: OPERATION_DIMENSIONS,
    chart: "interval",
    exportColumn: "change_fail_rate",
    caveats: [
      FAILED_CAVEAT,
      "Where an organisation tells of no incident, only repositories that were ever rolled back are known.",
      "A hotfix that no incident names is not yet a sign of failure.",
      PRODUCTION_CAVEAT,
      SERVICE_CAVEAT,
    ],
    sources: ["Metric specification 2.6", DORA_SOURCE],
    benchmarks: [],
  },
  population: "all",
  subjects: ["change", "hotfix"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: isYes("failed"),
    known: { column: "failed", unknown: "unknown_failure" },
  },
};
