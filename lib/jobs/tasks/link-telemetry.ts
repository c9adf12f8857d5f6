import { linkSessions } from "@/lib/facts/sessions/link-sessions";

/** Finds the pull requests that sessions of agents worked on; runs every ten minutes, since either may come first. */
export async function linkTelemetry(): Promise<void> {
  await linkSessions();
}
