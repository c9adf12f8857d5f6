import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { messageOf } from "@/lib/reports/deliver";
import { textOf } from "@/lib/reports/message";
import { lastSubject } from "@/lib/reports/schedules";
import { previewSchema, scheduleSchema } from "@/lib/reports/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "What would be sent, if it were due now; nothing is sent",
    auth: "signed-in",
    body: scheduleSchema,
    response: previewSchema,
    handler: async ({ body, caller }) => {
      const subject = await lastSubject(caller.id, body, new Date());
      const message = await messageOf(body.channel, subject);
      return {
        subject: message.subject,
        text: textOf(message),
        files: message.files.map(({ bytes, fileName }) => ({ fileName, bytes: bytes.byteLength })),
        firstDay: subject.firstDay,
        lastDay: subject.lastDay,
      };
    },
  }),
});
