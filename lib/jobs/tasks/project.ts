import { projectPending, requestOutdated } from "@/lib/facts/project";

/**
 * Runs every minute: projects what an import left behind when it was killed, and what other rules than the shipped
 * ones were used for.
 */
export async function project(): Promise<void> {
  await requestOutdated();
  await projectPending();
}
