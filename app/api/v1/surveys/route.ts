import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterSurvey } from "@/lib/settings/reports/enter-survey";
import { surveyEntrySchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Takes the answers of a survey, of teams and of nobody by name: a CSV file",
    auth: "users:manage",
    body: surveyEntrySchema,
    largestBody: 8 * 1024 * 1024,
    response: z.strictObject({ answers: z.int() }),
    audit: ({ body: { invited, org, wave } }, answer) => ({
      action: "survey.entered",
      target: { kind: "organization", id: org, name: org },
      after: { wave, invited, ...answer },
    }),
    handler: ({ body }) => enterSurvey(body),
  }),
});
