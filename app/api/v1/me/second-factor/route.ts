import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from "@/lib/auth/own-account";
import { codeSchema, DONE, doneSchema, passwordProofSchema, secondFactorSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Begins a second factor: what to enter into an authenticator, and codes for when it is lost",
    auth: "signed-in",
    body: passwordProofSchema,
    response: secondFactorSchema,
    handler: ({ body, caller, request }) => beginSecondFactor(caller, body.password, request.headers),
  }),
  PUT: defineRoute({
    summary: "The first code of a new second factor; it is asked for from then on",
    auth: "signed-in",
    body: codeSchema,
    response: doneSchema,
    handler: async ({ body, caller, request }) =>
      new WithHeaders(DONE, cookiesOf(await confirmSecondFactor(caller, body.code, request.headers))),
  }),
  DELETE: defineRoute({
    summary: "Takes one's own second factor away",
    auth: "signed-in",
    body: passwordProofSchema,
    response: doneSchema,
    handler: async ({ body, caller, request }) =>
      new WithHeaders(DONE, cookiesOf(await removeSecondFactor(caller, body.password, request.headers))),
  }),
});
