import { deliverReports } from "@/lib/reports/deliver";

/** Sends reports that are due, and those that wait for their next attempt; runs every minute. */
export async function sendReports(_payload: object, { signal }: { signal: AbortSignal | undefined }): Promise<void> {
  await deliverReports(signal);
}
