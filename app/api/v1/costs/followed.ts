import { enqueueProjection } from "@/lib/jobs/enqueue";

/** Has the figures follow what was posted at once, and not with the next minute. */
export async function followed<Answer>(posting: Promise<Answer>): Promise<Answer> {
  const answer = await posting;
  await enqueueProjection();
  return answer;
}
