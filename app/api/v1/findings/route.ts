import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readSarif } from "@/lib/events/findings/read-sarif";
import { reportFindings } from "@/lib/events/findings/report-findings";
import { countedFindingsSchema, findingsReportSchema } from "@/lib/events/findings/schema";
import { enqueueProjection } from "@/lib/jobs/enqueue";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes what scanners of code found in a pull request: a report in SARIF, or a tool and how much it found",
    auth: "events:write",
    body: findingsReportSchema,
    largestBody: 32 * 1024 * 1024,
    response: countedFindingsSchema,
    handler: async ({ body: { at, findings = 0, number, repository, sarif, tool = "" } }) => {
      const tools = sarif === undefined ? [{ tool, findings }] : readSarif(sarif, "/sarif");
      await reportFindings({ repository, number, at: at ?? new Date().toISOString(), tools });
      await enqueueProjection();
      return { tools };
    },
  }),
});
