import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readBenchmarks } from "@/lib/metrics/benchmarks/read-benchmarks";
import { benchmarkListSchema } from "@/lib/metrics/response-schemas";
import { ownBenchmarkSchema } from "@/lib/metrics/schema";
import { addBenchmark } from "@/lib/settings/benchmarks";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Published figures and those of the company, with their sources and what contradicts them",
    auth: "reports:read",
    response: benchmarkListSchema,
    handler: async () => ({ items: await readBenchmarks(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Adds a figure of the company’s own to hold its figures against",
    auth: "settings:manage",
    body: ownBenchmarkSchema,
    response: z.strictObject({ id: z.string() }),
    audit: ({ body: { high, low, metric, says } }, { id }) => ({
      action: "benchmark.added",
      target: { kind: "benchmark", id, name: says },
      after: { metric, low, high },
    }),
    handler: async ({ body }) => ({ id: `own-${await addBenchmark(body)}` }),
  }),
});
