import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { ReportChannel } from "@/lib/core/report-schedules";
import { slackPayload, teamsPayload } from "./chat-payload";
import type { Message } from "./message";

const TIMEOUT_MS = 20_000;

/**
 * Posts a message to the webhook of a chat.
 * @throws {AppError} `unavailable` where it is not taken; the address of the webhook, which is a secret, is in no message
 */
export async function sendToChat(
  channel: Exclude<ReportChannel, "mail">,
  webhook: string,
  message: Message,
): Promise<void> {
  const { host } = new URL(webhook);
  const say = (what: string) => new AppError({ code: "unavailable", message: `${host} ${what}.` });
  const post = createEgressFetch({ allowHosts: env().egressAllowHosts, timeoutMs: TIMEOUT_MS });
  let response: Response;
  try {
    response = await post(webhook, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(channel === "slack" ? slackPayload(message) : teamsPayload(message)),
    });
  } catch (error) {
    throw error instanceof AppError ? error : say("cannot be reached");
  }
  await response.body?.cancel();
  if (!response.ok) throw say(`answered ${response.status}`);
}
