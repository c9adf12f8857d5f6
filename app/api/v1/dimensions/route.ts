import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { dimensionValuesSchema } from "@/lib/metrics/response-schemas";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Organisations, repositories, teams and agents that filters may name",
    auth: "reports:read",
    response: dimensionValuesSchema,
    handler: ({ scope }) => readDimensionValues(scope),
  }),
});
