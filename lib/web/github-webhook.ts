import type { Webhook } from "@/lib/api/webhook";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { githubDelivery } from "@/lib/events/inbox/github-delivery";
import { isSignedBy, readSignature } from "@/lib/events/inbox/github-signature";
import { createInboxWriter } from "@/lib/events/inbox/inbox-writer";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";

/** GitHub sends nothing larger. */
const MAX_BYTES = 25 * 1024 * 1024;

const inbox = createInboxWriter((deliveries) => insertDeliveries(deliveries));

function unsigned(): AppError {
  return new AppError({
    code: "unauthorized",
    message: "The body is not signed with the secret of this webhook (X-Hub-Signature-256).",
  });
}

function secrets(): readonly string[] {
  const { githubWebhookSecrets } = env();
  if (githubWebhookSecrets.length > 0) return githubWebhookSecrets;
  throw new AppError({
    code: "unavailable",
    message:
      "No webhook secret is set: start the server with GITHUB_WEBHOOK_SECRET, the secret of the webhook at GitHub.",
  });
}

/** Where GitHub posts its deliveries: checked, stored, answered; what they mean is worked out later. */
export const githubWebhook: Webhook = {
  summary: "Takes a delivery of a GitHub webhook: checked, stored, answered",
  maxBytes: MAX_BYTES,
  admit(headers) {
    secrets();
    if (readSignature(headers.get("x-hub-signature-256")) === null) throw unsigned();
  },
  async receive(headers, body) {
    const signature = readSignature(headers.get("x-hub-signature-256"));
    if (signature === null || !isSignedBy(secrets(), body, signature)) throw unsigned();
    return { ...(await inbox.store(githubDelivery(headers, body))) };
  },
};
