import { startOfDay } from "@/lib/core/zoned-time";
import type { PoolClient } from "@/lib/db/pool";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import type { Place } from "./cost-place";
import type { LedgerEntry } from "./ledger-entries";

/** In the middle of a day of the organisation's calendar. */
const noonOf = (day: string, timeZone: string): string =>
  new Date(startOfDay(day, timeZone).getTime() + 12 * 3_600_000).toISOString();

/**
 * Posts entries of the ledger as events.
 * @param subject what they are about, which no other posting has: it stands in their ids
 */
export async function postCosts(
  client: PoolClient,
  { orgId, timeZone }: Pick<Place, "orgId" | "timeZone">,
  entries: readonly LedgerEntry[],
  { source, subject }: { source: string; subject: string },
): Promise<void> {
  const events = entries.map(
    ({ agent, basis, currency, day, item, minor, provider, team }, index): FleetEvent => ({
      id: `${subject}:${index}`,
      orgId,
      source,
      repo: null,
      occurredAt: noonOf(day, timeZone),
      subject,
      actor: null,
      kind: "cost.incurred",
      payload: {
        provider,
        agent,
        team,
        item,
        amountMinor: String(minor),
        currency,
        ...(basis !== "billed" && { basis }),
      },
    }),
  );
  await appendEvents(client, [events]);
}
