import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { deliveriesReadAt, markDeliveriesRead } from "@/lib/settings/github/apps";
import { type DeliveryAttempt, fetchDeliveryAttempts, requestRedelivery } from "@/lib/sources/github-api/app";
import type { GitHubClient } from "@/lib/sources/github-api/client";

const MINUTE_MS = 60_000;
/** GitHub forgets what is older. */
const KEPT_MS = 3 * 24 * 60 * MINUTE_MS;
/** A delivery that was just made may still be on its way into the inbox, and GitHub's list may lag. */
const GRACE_MS = 2 * MINUTE_MS;
const OVERLAP_MS = 10 * MINUTE_MS;
/** So often something is asked for again; the walks meet what it told of in any case. */
const MOST_ATTEMPTS = 8;

interface Missing {
  attempts: number;
  /** Whether the first of them is among them; what began before was dealt with. */
  whole: boolean;
  /** When it was tried first. */
  since: Date;
  latest: DeliveryAttempt;
}

/**
 * Finds what GitHub delivered and the inbox does not hold, whatever the answer was, and has GitHub deliver it again: 1, 2,
 * 4 … minutes after its last attempt.
 * @param client of the App itself
 * @returns how many were asked for
 * @throws {GitHubFailure}
 */
export async function reconcileDeliveries(appId: number, client: GitHubClient, now: Date): Promise<number> {
  const readAt = await deliveriesReadAt(appId);
  const since = Math.max((readAt?.getTime() ?? 0) - OVERLAP_MS, now.getTime() - KEPT_MS);
  const attempts = await attemptsSince(client, new Date(since));
  const missing = await notStored(attempts);
  let asked = 0;
  let readTo = now.getTime() - GRACE_MS;
  for (const { attempts: made, latest, since: first, whole } of missing) {
    if (!whole || made >= MOST_ATTEMPTS) continue;
    // Looked at again until it has arrived, with all of its attempts.
    readTo = Math.min(readTo, first.getTime());
    if (latest.at.getTime() + Math.max(GRACE_MS, 2 ** (made - 1) * MINUTE_MS) > now.getTime()) continue;
    await requestRedelivery(client, latest.id);
    asked += 1;
  }
  await markDeliveriesRead(appId, new Date(readTo));
  return asked;
}

async function attemptsSince(client: GitHubClient, since: Date): Promise<DeliveryAttempt[]> {
  const found: DeliveryAttempt[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof fetchDeliveryAttempts>> = await fetchDeliveryAttempts(client, cursor);
    found.push(...page.attempts.filter(({ at }) => at >= since));
    const reached = page.attempts.at(-1);
    if (page.next === null || reached === undefined || reached.at < since) return found;
    cursor = page.next;
  }
}

/** Deliveries of which the inbox holds nothing. */
async function notStored(attempts: readonly DeliveryAttempt[]): Promise<Missing[]> {
  const byGuid = new Map<string, Missing>();
  for (const attempt of attempts) {
    const known = byGuid.get(attempt.guid);
    if (known === undefined)
      byGuid.set(attempt.guid, { attempts: 1, whole: !attempt.again, since: attempt.at, latest: attempt });
    else {
      known.attempts += 1;
      known.whole ||= !attempt.again;
      if (attempt.at < known.since) known.since = attempt.at;
      if (attempt.at > known.latest.at) known.latest = attempt;
    }
  }
  const guids = [...byGuid.keys()];
  const stored = await query<{ deliveryId: string }>(
    sql`select delivery_id as "deliveryId" from inbox where source = 'github' and delivery_id = any(${guids}::text[])`,
  );
  for (const { deliveryId } of stored) byGuid.delete(deliveryId);
  return [...byGuid.values()];
}
