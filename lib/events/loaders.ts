import "server-only";
import { readTimeline, type Timeline } from "./timeline";

/**
 * The timeline of a pull request that the caller has been allowed to see.
 * @param pullRequest its organisation's slug, its repository as `org/name`, its number
 */
export async function loadTimeline(pullRequest: { org: string; repo: string; number: number }): Promise<Timeline> {
  const { number, org, repo } = pullRequest;
  return readTimeline(org, repo.slice(org.length + 1), number);
}
