import { routeMethods } from "@/lib/api/define-route";
import { defineWebhook } from "@/lib/api/define-webhook";
import { githubWebhook } from "@/lib/web/github-webhook";

/** In production the web server answers deliveries before they come here (lib/web); this is for development. */
export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({ POST: defineWebhook(githubWebhook) });
