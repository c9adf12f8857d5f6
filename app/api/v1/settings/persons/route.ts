import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { showsPersons, switchPersons } from "@/lib/auth/person-switch";
import { personSwitchSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Whether the people behind pull requests are named",
    auth: "settings:manage",
    response: personSwitchSchema,
    handler: async () => ({ shown: await showsPersons() }),
  }),
  PUT: defineRoute({
    summary: "Switches the names of people on or off; finance and keys never see them",
    auth: "settings:manage",
    body: personSwitchSchema,
    response: personSwitchSchema,
    handler: async ({ body, caller, request }) => {
      await switchPersons(body.shown, actorOf(caller, request.headers));
      return body;
    },
  }),
});
