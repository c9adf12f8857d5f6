import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runSeniorityTable } from "@/lib/metrics/people/seniority-table";
import { seniorityTableSchema } from "@/lib/metrics/response-schemas";
import { seniorityQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Agents beside senior, mid-level and junior people, by the roster as it was at each merge",
    auth: "reports:read",
    body: seniorityQuerySchema,
    response: seniorityTableSchema,
    handler: ({ scope, body }) => runSeniorityTable(scope, body),
  }),
});
