import { addUpUsage } from "@/lib/events/telemetry/add-up-usage";

/** Adds up what agents told of their use since; runs every minute. */
export async function readTelemetry(): Promise<void> {
  await addUpUsage();
}
