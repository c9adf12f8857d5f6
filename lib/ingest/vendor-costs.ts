import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { CostVendorKey } from "@/lib/core/cost-feeds";
import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed } from "@/lib/core/secrets/seal";
import { addDays } from "@/lib/core/zoned-time";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { holdAlone } from "@/lib/events/costs/cost-place";
import { costTotals, replaceTotals } from "@/lib/events/costs/cost-totals";
import { differences, ledgerEntries } from "@/lib/events/costs/ledger-entries";
import { postCosts } from "@/lib/events/costs/post-costs";
import { costFeedPlace } from "@/lib/settings/secrets/cost-feed-place";
import { createAsk } from "@/lib/sources/vendor-costs/ask-vendor";
import { VENDORS } from "@/lib/sources/vendor-costs/registry";
import { type AskVendor, type VendorCost, VendorFailure } from "@/lib/sources/vendor-costs/vendor";

/** Days that are asked for each time: vendors state them anew for about as long. */
const WINDOW_DAYS = 31;
/** The same the first time, when nothing is known. */
const FIRST_DAYS = 180;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 60_000;
/** Hours until it is asked again, by how often it failed. */
const PATIENCE_H = [1, 2, 4, 8, 24];

interface Feed {
  id: string;
  orgId: number;
  timeZone: string;
  vendor: CostVendorKey;
  account: string | null;
  agent: string | null;
  secret: Buffer | null;
  attempts: number;
  isNew: boolean;
}

/** Asks the real vendors. */
export function askVendors(): AskVendor {
  const fetch = createEgressFetch({ allowHosts: env().egressAllowHosts, timeoutMs: TIMEOUT_MS });
  return createAsk({ fetch, wait: async (ms) => void (await wait(ms)) });
}

/** Books what a vendor says of these days, by the difference to what it said before. @returns how many entries were posted */
async function book(
  { agent, id, orgId, timeZone, vendor }: Feed,
  costs: readonly VendorCost[],
  range: { firstDay: string; lastDay: string },
): Promise<number> {
  const { basis, provider } = VENDORS[vendor];
  const stray = costs.find(({ day }) => day < range.firstDay || day > range.lastDay);
  if (stray !== undefined)
    throw new VendorFailure("changed", `It tells of ${stray.day}, which it was not asked about.`);
  const source = { source: `/feed/${id}`, ...range };
  return withTransaction(async (client) => {
    await holdAlone(client, orgId);
    const before = await costTotals(client, orgId, source);
    if (costs.length === 0 && before.some(({ minor }) => minor !== 0n)) {
      throw new VendorFailure(
        "changed",
        "It tells of no costs at all, where it told of some before: nothing was changed.",
      );
    }
    const lines = costs.map((cost) => ({ ...cost, provider, agent: cost.agent ?? agent, team: null }));
    const entries = ledgerEntries(lines, basis, "");
    const posted = differences(before, entries);
    if (posted.length === 0) return 0;
    await postCosts(client, { orgId, timeZone }, posted, { source: "vendor", subject: `cost-feed:${randomUUID()}` });
    await replaceTotals(client, orgId, source, entries);
    return posted.length;
  });
}

async function noteWell({ id }: Feed, lastDay: string, now: Date): Promise<void> {
  await execute(
    sql`update cost_feed set state = 'well', reason = null, asked_at = ${now.toISOString()}::timestamptz,
        booked_at = ${now.toISOString()}::timestamptz, last_day = ${lastDay}::date, attempts = 0,
        next_at = ${new Date(now.getTime() + DAY_MS).toISOString()}::timestamptz
      where id = ${id}::uuid`,
  );
}

async function noteFailure({ attempts, id }: Feed, failure: VendorFailure, now: Date): Promise<void> {
  const { kind, message, retryAfter } = failure;
  const state = kind === "refused" || kind === "changed" ? "attention" : "failing";
  const patience = (PATIENCE_H[attempts] ?? PATIENCE_H.at(-1) ?? 1) * HOUR_MS;
  const next = now.getTime() + (state === "attention" ? DAY_MS : Math.max(patience, (retryAfter ?? 0) * 1000));
  await execute(
    sql`update cost_feed set state = ${state}, reason = ${message.slice(0, 500)}, asked_at = ${now.toISOString()}::timestamptz,
        attempts = attempts + 1, next_at = ${new Date(next).toISOString()}::timestamptz
      where id = ${id}::uuid`,
  );
}

async function pullFeed(feed: Feed, ask: AskVendor, now: Date): Promise<number> {
  // The day that is not over yet is asked for tomorrow.
  const lastDay = addDays(now.toISOString().slice(0, 10), -1);
  const range = { firstDay: addDays(lastDay, 1 - (feed.isNew ? FIRST_DAYS : WINDOW_DAYS)), lastDay };
  try {
    const secret = feed.secret === null ? null : openSealed(feed.secret, costFeedPlace(feed.id), sealingKeys().all);
    if (secret === null)
      throw new VendorFailure("refused", "Its key cannot be opened any more: enter the account anew.");
    const costs = await VENDORS[feed.vendor].read(ask, { secret, account: feed.account }, range);
    const posted = await book(feed, costs, range);
    await noteWell(feed, lastDay, now);
    return posted;
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    await noteFailure(feed, error, now);
    return 0;
  }
}

/**
 * Asks vendors for the costs of the last 31 days, of every account that is due, and books what is new or other. What cannot be booked is noted
 * at the account, and nothing in the books is changed by it.
 * @returns how many entries of the ledger were posted
 */
export async function pullVendorCosts(ask: AskVendor = askVendors(), now = new Date()): Promise<number> {
  const feeds = await query<Feed>(
    sql`select f.id, f.org_id as "orgId", o.time_zone as "timeZone", f.vendor, f.account, f.agent, f.secret, f.attempts,
        f.booked_at is null as "isNew"
      from cost_feed f join organization o on o.id = f.org_id
      where f.removed_at is null and f.next_at <= ${now.toISOString()}::timestamptz order by f.next_at, f.id`,
  );
  let posted = 0;
  for (const feed of feeds) posted += await pullFeed(feed, ask, now);
  return posted;
}
