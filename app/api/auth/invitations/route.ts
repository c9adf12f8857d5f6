import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { acceptInvitation, readInvitation } from "@/lib/auth/invitations";
import {
  acceptedSchema,
  acceptInvitationSchema,
  invitationFoundSchema,
  invitationLookupSchema,
} from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "What the token of an invitation link is for",
    auth: "public",
    body: invitationLookupSchema,
    response: invitationFoundSchema,
    handler: ({ body }) => readInvitation(body.token),
  }),
  PUT: defineRoute({
    summary: "Uses an invitation link: makes its user, or gives the user a new password",
    auth: "public",
    body: acceptInvitationSchema,
    response: acceptedSchema,
    handler: ({ body, request }) => acceptInvitation(body, actorOf(null, request.headers)),
  }),
});
