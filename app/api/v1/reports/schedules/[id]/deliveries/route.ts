import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueSending } from "@/lib/jobs/enqueue";
import { sendNow } from "@/lib/reports/deliver";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Has the last report sent now, or one that waits for its next attempt tried at once",
    auth: "signed-in",
    response: z.strictObject({ org: z.string(), channel: z.string() }),
    audit: (_, { channel, org }) => ({
      action: "report.sent_now",
      target: { kind: "organization", id: org, name: org },
      after: { channel },
    }),
    handler: async ({ caller, params }) => {
      const { channel, org } = await sendNow(caller, params.id ?? "", new Date());
      await enqueueSending();
      return { org: org.slug, channel };
    },
  }),
});
