import { createLogger } from "@/lib/core/logger";
import { failOperationsWithoutJob } from "@/lib/jobs/abandoned-operations";
import { unlockJobsOfDeadWorkers } from "@/lib/jobs/worker-locks";

const log = createLogger("jobs");

/** Runs every minute: a worker that was killed loses its jobs to the ones that live. */
export async function unlockDeadWorkers(): Promise<void> {
  const workers = await unlockJobsOfDeadWorkers();
  if (workers.length > 0) log.warn({ workers }, "freed the jobs of workers that are gone");
  await failOperationsWithoutJob();
}
