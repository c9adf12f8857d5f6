import { z } from "zod";
import { formsOf, LARGEST_MESSAGE, PLACE, takeRequest } from "@/app/api/v1/events/doors";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { ALERT_SENDERS } from "@/lib/events/alerts/registry";
import { verdictsSchema } from "@/lib/events/native/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes alerts of Alertmanager, Grafana, PagerDuty, Opsgenie, Datadog, Sentry and incident.io as incidents",
    auth: "events:write",
    query: z.strictObject(PLACE),
    takes: { schema: formsOf(ALERT_SENDERS), types: ["application/json"] },
    signedBytes: LARGEST_MESSAGE,
    status: 207,
    response: verdictsSchema,
    handler: ({ params, request, scope }) => takeRequest(`alerts/${params.source}`, request, scope),
  }),
});
