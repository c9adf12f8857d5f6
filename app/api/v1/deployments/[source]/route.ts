import { z } from "zod";
import { formsOf, LARGEST_MESSAGE, PLACE, takeRequest } from "@/app/api/v1/events/doors";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { DEPLOYMENT_SENDERS } from "@/lib/events/deployments/registry";
import { verdictsSchema } from "@/lib/events/native/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes what Argo CD, Argo Rollouts, Flux and Vercel tell of deployments",
    auth: "events:write",
    query: z.strictObject({ ...PLACE, environment: z.string().min(1).max(200).optional() }),
    takes: { schema: formsOf(DEPLOYMENT_SENDERS), types: ["application/json"] },
    signedBytes: LARGEST_MESSAGE,
    status: 207,
    response: verdictsSchema,
    handler: ({ params, request, scope }) => takeRequest(`deployments/${params.source}`, request, scope),
  }),
});
