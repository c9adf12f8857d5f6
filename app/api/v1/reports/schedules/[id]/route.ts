import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { removeSchedule } from "@/lib/reports/schedules";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Has a report not sent any more",
    auth: "signed-in",
    response: z.strictObject({ org: z.string(), channel: z.string() }),
    audit: (_, { channel, org }) => ({
      action: "report.unscheduled",
      target: { kind: "organization", id: org, name: org },
      after: { channel },
    }),
    handler: async ({ caller, params }) => {
      const { channel, org } = await removeSchedule(caller, params.id ?? "");
      return { org: org.slug, channel };
    },
  }),
});
