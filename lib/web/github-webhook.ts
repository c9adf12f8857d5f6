import { UnsupportedContentType } from "@/lib/api/read-input";
import type { HeaderReader, Webhook } from "@/lib/api/webhook";
import { AppError } from "@/lib/core/errors";
import { githubDelivery } from "@/lib/events/inbox/github-delivery";
import { isSignedBy, readSignature } from "@/lib/events/inbox/github-signature";
import { createInboxWriter } from "@/lib/events/inbox/inbox-writer";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { githubWebhookSecrets } from "@/lib/settings/github/webhook-secrets";

/** GitHub sends nothing larger. */
const MAX_BYTES = 25 * 1024 * 1024;

const inbox = createInboxWriter((deliveries) => insertDeliveries(deliveries));

function unsigned(): AppError {
  return new AppError({
    code: "unauthorized",
    message: "The body is not signed with the secret of this webhook (X-Hub-Signature-256).",
  });
}

async function secrets(): Promise<readonly string[]> {
  const known = await githubWebhookSecrets();
  if (known.length > 0) return known;
  throw new AppError({
    code: "unavailable",
    message:
      "No webhook secret is known: connect an organisation, or start the server with GITHUB_WEBHOOK_SECRET, the secret of the webhook at GitHub.",
  });
}

/**
 * What is signed are the bytes of JSON as they are: a form would be another text, and what is compressed is not unpacked.
 * @throws {UnsupportedContentType}
 */
function assertReadable(headers: HeaderReader): void {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") {
    throw new UnsupportedContentType(
      `The body must be application/json and not ${type === "" ? "without a type" : type}: choose it as the webhook's content type at GitHub.`,
    );
  }
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") {
    throw new UnsupportedContentType(`The body must not be compressed (Content-Encoding: ${encoding}).`);
  }
}

/** Where GitHub posts its deliveries: checked, stored, answered; what they mean is worked out later. */
export const githubWebhook: Webhook = {
  summary: "Takes a delivery of a GitHub webhook: checked, stored, answered",
  maxBytes: MAX_BYTES,
  async admit(headers) {
    await secrets();
    assertReadable(headers);
    if (readSignature(headers.get("x-hub-signature-256")) === null) throw unsigned();
  },
  async receive(headers, body) {
    const signature = readSignature(headers.get("x-hub-signature-256"));
    if (signature === null || !isSignedBy(await secrets(), body, signature)) throw unsigned();
    return { ...(await inbox.store(githubDelivery(headers, body))) };
  },
};
