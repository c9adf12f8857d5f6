import type { MetricDefinition } from "./definition";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const incidentsPerQuarter: MetricDefinition = {
  descriptor: {
    id: "incidents_per_quarter",
    version: 1,
    title: "Incidents",
    shortTitle: "Incidents",
    question: "How often did something break?",
    definition: "Incidents that began in the period, whatever caused them.",
    formula: "incidents by when they began; over a quarter, incidents per quarter",
    unit: "incidents",
    direction: "lower",
    additive: true,
    windowSeconds: null,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: OPERATION_DIMENSIONS,
    chart: "bar",
    exportColumn: "incidents",
    caveats: [
      "Of the period that is shown: choose a quarter to compare quarters.",
      "An incident that names no repository is left out. One tool tells of a whole organisation, so that a repository without incidents had none.",
      "The number depends on what people declare an incident.",
    ],
    sources: ["Metric specification 2.6"],
    benchmarks: [],
  },
  population: "all",
  subjects: ["incident"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "events" },
};
