import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { DONE, doneSchema } from "@/lib/auth/schema";
import { removeBenchmark } from "@/lib/settings/benchmarks";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Removes a figure that the company entered; the published ones stay",
    auth: "settings:manage",
    response: doneSchema,
    audit: ({ params: { id = "" } }) => ({ action: "benchmark.removed", target: { kind: "benchmark", id, name: id } }),
    handler: async ({ params }) => {
      await removeBenchmark(params.id ?? "");
      return DONE;
    },
  }),
});
