import type { Webhook } from "@/lib/api/webhook";
import { githubWebhook } from "./github-webhook";

/** What the web server answers itself, by path: deliveries come in storms, and the framework costs more than they do. */
export const DIRECT_WEBHOOKS: ReadonlyMap<string, Webhook> = new Map([["/api/webhooks/github", githubWebhook]]);
