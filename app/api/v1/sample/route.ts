import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueSampleOperation } from "@/lib/jobs/enqueue";
import { loadSampleStatus } from "@/lib/settings/sample-status";
import { sampleStatusSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Whether the sample fleet is here, on its way, or neither",
    auth: "reports:read",
    response: sampleStatusSchema,
    handler: () => loadSampleStatus(),
  }),
  POST: defineRoute({
    summary: "Starts to load the sample fleet; ask with GET how far it is",
    auth: "connections:manage",
    response: sampleStatusSchema,
    audit: () => ({ action: "sample.loading", target: { kind: "sample", id: null, name: "sample fleet" } }),
    handler: async () => {
      await enqueueSampleOperation("load-sample");
      return loadSampleStatus();
    },
  }),
  DELETE: defineRoute({
    summary: "Starts to remove the sample fleet and all that was worked out from it",
    auth: "connections:manage",
    response: sampleStatusSchema,
    audit: () => ({ action: "sample.removing", target: { kind: "sample", id: null, name: "sample fleet" } }),
    handler: async () => {
      await enqueueSampleOperation("remove-sample");
      return loadSampleStatus();
    },
  }),
});
