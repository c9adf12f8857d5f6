import type { Scope } from "@/lib/auth/scope";
import type { Verdicts } from "@/lib/events/native/schema";
import { type SentEvent, takeNativeEvents } from "@/lib/events/native/take-native-events";
import { enqueueProjection } from "@/lib/jobs/enqueue";

/** Takes what programs tell, in whatever form they told it, and has the figures follow. */
export async function take(
  scope: Scope,
  sent: readonly SentEvent[],
  where: Parameters<typeof takeNativeEvents>[2],
): Promise<Verdicts> {
  const verdicts = await takeNativeEvents(scope, sent, where);
  if (verdicts.accepted > 0) await enqueueProjection();
  return verdicts;
}
