import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { addSchedule, listSchedules } from "@/lib/reports/schedules";
import { scheduleItemSchema, scheduleSchema } from "@/lib/reports/schema";
import { canSendMail } from "@/lib/reports/send-mail";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary:
      "Reports that are sent by themselves, with what became of them lately: the caller's own, all for administrators",
    auth: "signed-in",
    response: z.strictObject({
      items: z.array(scheduleItemSchema),
      /** Whether there is a mail server. */
      canSendMail: z.boolean(),
    }),
    handler: async ({ caller }) => ({ items: await listSchedules(caller, new Date()), canSendMail: canSendMail() }),
  }),
  POST: defineRoute({
    summary:
      "Has the return on investment of each month sent by e-mail, or each week to a chat, with what the caller may see",
    auth: "signed-in",
    body: scheduleSchema,
    response: z.strictObject({ id: z.uuid() }),
    audit: ({ body: { channel, onDay, org, recipients, team, webhook } }) => ({
      action: "report.scheduled",
      target: { kind: "organization", id: org, name: org },
      after: { channel, onDay, team, recipients, ...(webhook !== null && { host: new URL(webhook).host }) },
    }),
    handler: async ({ body, caller }) => ({ id: await addSchedule(caller, body, new Date()) }),
  }),
});
