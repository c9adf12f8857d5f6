import { applyRetention } from "@/lib/settings/retention";

/** Runs every hour. */
export async function deleteWhatIsOld(
  _payload: object,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  await applyRetention(signal);
}
