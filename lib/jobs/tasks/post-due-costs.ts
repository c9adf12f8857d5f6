import { postDueCosts } from "@/lib/events/costs/cost-entries";

/** Posts what has become due of costs that are paid by the month or year; runs every hour. */
export async function postDue(): Promise<void> {
  await postDueCosts();
}
