import { postDueCosts } from "@/lib/events/costs/cost-entries";
import { enqueueProjection } from "@/lib/jobs/enqueue";

/** Posts what has become due of costs that are paid by the month or year; runs every hour. */
export async function postDue(): Promise<void> {
  if ((await postDueCosts()) > 0) await enqueueProjection();
}
