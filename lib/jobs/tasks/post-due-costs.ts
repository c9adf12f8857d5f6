import { postDueCosts } from "@/lib/events/costs/cost-entries";
import { addUpUsage } from "@/lib/events/telemetry/add-up-usage";
import { postUsage } from "@/lib/events/telemetry/post-usage";
import { enqueueProjection } from "@/lib/jobs/enqueue";

/** Posts what has become due of costs that are paid by the month or year, and what telemetry comes to; runs every hour. */
export async function postDue(): Promise<void> {
  await addUpUsage();
  const posted = (await postDueCosts()) + (await postUsage());
  if (posted > 0) await enqueueProjection();
}
