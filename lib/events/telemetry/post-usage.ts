import { randomUUID } from "node:crypto";
import { Decimal } from "@/lib/core/decimal";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { holdAlone, type Place, placeOf } from "@/lib/events/costs/cost-place";
import { costTotals, replaceTotals, type SourceDays } from "@/lib/events/costs/cost-totals";
import { differences, type LedgerEntry, ledgerEntries } from "@/lib/events/costs/ledger-entries";
import { postCosts } from "@/lib/events/costs/post-costs";
import type { CostLine, UsageLine } from "@/lib/events/costs/read-cost-file";
import { estimatedLines, loadPrices, replaceUsage } from "@/lib/events/costs/token-estimates";
import { firstOpenDay } from "./add-up-usage";

/** Sources in the books: what agents priced themselves, and what the price list makes of their tokens. */
const METERED = "/telemetry";
const TOKENS = "/telemetry-tokens";

/** Agents price their tokens in US dollars. */
const CURRENCY = "USD";

interface DayOfUsage {
  day: string;
  team: string | null;
  agent: string;
  provider: string;
  model: string;
  isPriced: boolean;
  cost: string;
  input: string;
  output: string;
  cacheRead: string;
  cacheWrite: string;
}

/** What is paid for by call; what a subscription covers is not. */
const usageSince = (client: PoolClient, orgId: number, firstDay: string) =>
  query<DayOfUsage>(
    sql`select u.day::text as day, s.team, s.agent, s.provider, u.model, u.cost is not null as "isPriced",
        coalesce(sum(u.cost), 0)::text as cost, round(sum(u.input))::text as input, round(sum(u.output))::text as output,
        round(sum(u.cache_read))::text as "cacheRead", round(sum(u.cache_write))::text as "cacheWrite"
      from telemetry_usage u join telemetry_session s on s.id = u.session_id
      where u.org_id = ${orgId} and u.day >= ${firstDay}::date and not s.subscription
      group by u.day, s.team, s.agent, s.provider, u.model, u.cost is not null`,
    client,
  );

async function postSource(
  client: PoolClient,
  place: Place,
  range: SourceDays,
  entries: readonly LedgerEntry[],
): Promise<number> {
  const posted = differences(await costTotals(client, place.orgId, range), entries);
  if (posted.length === 0) return 0;
  await postCosts(client, place, posted, { source: "telemetry", subject: `cost-telemetry:${randomUUID()}` });
  await replaceTotals(client, place.orgId, range, entries);
  return posted.length;
}

/**
 * Posts what the telemetry of an organisation comes to on the days that are still open, by the difference to what was posted: in the
 * books for metered what agents priced themselves, for estimated what the price list makes of other tokens.
 * @param org slug
 * @returns how many entries were posted
 */
export async function postUsageOf(org: string, now: Date): Promise<number> {
  const place = await placeOf({ organizations: "all" }, org);
  const range = { firstDay: firstOpenDay(now, place.timeZone), lastDay: "9999-12-31" };
  return withTransaction(async (client) => {
    await holdAlone(client, place.orgId);
    const usage = await usageSince(client, place.orgId, range.firstDay);
    const teamOf = (told: string | null) => (told === null ? null : (place.teams.get(told.toLowerCase()) ?? null));
    const priced = usage
      .filter(({ isPriced }) => isPriced)
      .map(
        ({ agent, cost, day, provider, team }): CostLine => ({
          day,
          provider,
          agent,
          team: teamOf(team),
          item: "api",
          currency: CURRENCY,
          amount: new Decimal(cost),
        }),
      );
    const tokens = usage
      .filter(({ isPriced }) => !isPriced)
      .map(
        ({ agent, cacheRead, cacheWrite, day, input, model, output, provider, team }): UsageLine => ({
          day,
          provider,
          agent,
          team: teamOf(team),
          model,
          input: BigInt(input),
          output: BigInt(output),
          cacheRead: BigInt(cacheRead),
          cacheWrite: BigInt(cacheWrite),
        }),
      );
    await replaceUsage(client, place.orgId, { ...range, source: TOKENS }, tokens);
    const prices = tokens.length === 0 ? new Map() : await loadPrices(client, place.orgId);
    const metered = ledgerEntries(priced, "metered", "");
    const estimated = ledgerEntries(estimatedLines(tokens, prices), "estimated", "");
    return (
      (await postSource(client, place, { ...range, source: METERED }, metered)) +
      (await postSource(client, place, { ...range, source: TOKENS }, estimated))
    );
  });
}

/** Posts what telemetry comes to, of every organisation that has some; the sample's time stands still. @returns how many entries were posted */
export async function postUsage(now = new Date()): Promise<number> {
  const orgs = await query<{ slug: string }>(
    sql`select slug from organization o where not o.is_sample and exists (select from telemetry_session s where s.org_id = o.id) order by slug`,
  );
  let posted = 0;
  for (const { slug } of orgs) posted += await postUsageOf(slug, now);
  return posted;
}
