import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { reportCoverage } from "@/lib/events/coverage/report-coverage";
import { coverageReportSchema, measuredCoverageSchema } from "@/lib/events/coverage/schema";
import { enqueueProjection } from "@/lib/jobs/enqueue";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes coverage by tests of a pull request: a report of lcov, Cobertura or JaCoCo, and the diff",
    auth: "events:write",
    body: coverageReportSchema,
    largestBody: 32 * 1024 * 1024,
    response: measuredCoverageSchema,
    handler: async ({ body: { at, ...report } }) => {
      const measured = await reportCoverage({ ...report, at: at ?? new Date().toISOString() });
      await enqueueProjection();
      return measured;
    },
  }),
});
