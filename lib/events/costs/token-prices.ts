import { randomUUID } from "node:crypto";
import { TOKEN_FIELDS, type TokenPrice, type UnpricedUsage } from "@/lib/core/cost-files";
import { getPool, type PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { holdAlone, placeOf, type Reach } from "./cost-place";
import { costTotals, replaceTotals } from "./cost-totals";
import { differences, ledgerEntries } from "./ledger-entries";
import { postCosts } from "./post-costs";
import type { TokenPriceInput } from "./schema";
import { estimatedLines, estimateOf, loadPrices, storedUsage } from "./token-estimates";

/**
 * Notes what a million tokens of a model cost from a day on, and estimates anew what was used of it. What was said before stays to
 * be seen.
 * @returns how many entries of the ledger that changed
 * @throws {AppError} `not_found`; `unprocessable` at `/input` where what it makes of the tokens is more than can be kept
 */
export async function enterTokenPrice(reach: Reach, entry: TokenPriceInput, by: string): Promise<{ posted: number }> {
  return enterPrices(reach, entry.org, [entry], by, () => "/input");
}

/**
 * Notes several prices, all or none of them.
 * @returns how many entries of the ledger that changed
 * @throws {AppError} `not_found`; `unprocessable` at `/prices/…/input` as above
 */
export async function enterTokenPrices(
  reach: Reach,
  org: string,
  entries: readonly Omit<TokenPriceInput, "org">[],
  by: string,
): Promise<{ posted: number }> {
  return enterPrices(reach, org, entries, by, (index) => `/prices/${index}/input`);
}

async function enterPrices(
  reach: Reach,
  org: string,
  entries: readonly Omit<TokenPriceInput, "org">[],
  by: string,
  pointerOf: (index: number) => string,
): Promise<{ posted: number }> {
  const place = await placeOf(reach, org);
  return withTransaction(async (client) => {
    await holdAlone(client, place.orgId);
    let posted = 0;
    for (const [index, entry] of entries.entries()) {
      const { cacheRead, cacheWrite, currency, input, model, output, validFrom, why } = entry;
      await execute(
        sql`insert into token_price (org_id, model, valid_from, currency, input, output, cache_read, cache_write, why,
            entered_by)
          values (${place.orgId}, ${model}, ${validFrom}::date, ${currency}, ${input}::numeric, ${output}::numeric,
            ${cacheRead}::numeric, ${cacheWrite}::numeric, ${why}, ${by})`,
        client,
      );
      posted += await estimateAnew(client, place, model, pointerOf(index));
    }
    return { posted };
  });
}

/** Estimates anew what each source told of a model, by posting the differences. @returns how many entries were posted */
async function estimateAnew(
  client: PoolClient,
  { orgId, timeZone }: { orgId: number; timeZone: string },
  model: string,
  pointer: string,
): Promise<number> {
  const prices = await loadPrices(client, orgId);
  let count = 0;
  for (const [source, usage] of await storedUsage(client, orgId)) {
    const [first, last] = [usage[0], usage.at(-1)];
    if (first === undefined || last === undefined) continue;
    if (!usage.some((line) => line.model.toLowerCase() === model.toLowerCase())) continue;
    const range = { source, firstDay: first.day, lastDay: last.day };
    // Bills of the same source about days between stay as they are.
    const before = await costTotals(client, orgId, range);
    const others = before.filter(({ basis }) => basis !== "estimated");
    const entries = ledgerEntries(estimatedLines(usage, prices), "estimated", pointer);
    const posted = differences(before, [...others, ...entries]);
    if (posted.length === 0) continue;
    await postCosts(client, { orgId, timeZone }, posted, { source: "prices", subject: `cost-prices:${randomUUID()}` });
    await replaceTotals(client, orgId, range, [...others, ...entries]);
    count += posted.length;
  }
  return count;
}

const seenBy = ({ organizations }: Reach) =>
  organizations === "all" ? sql`true` : sql`o.id = any(${[...organizations]}::integer[])`;

/** What was said of prices, the last first, and the tokens that no price is known for. */
export async function listTokenPrices(reach: Reach): Promise<{ items: TokenPrice[]; unpriced: UnpricedUsage[] }> {
  const rows = await query<Omit<TokenPrice, "at"> & { at: Date }>(
    sql`select o.slug as org, p.model, p.valid_from::text as "validFrom", p.currency,
        trim_scale(p.input)::text as input, trim_scale(p.output)::text as output,
        trim_scale(p.cache_read)::text as "cacheRead", trim_scale(p.cache_write)::text as "cacheWrite", p.why,
        p.entered_by as by, p.entered_at as at
      from token_price p join organization o on o.id = p.org_id where ${seenBy(reach)} order by p.id desc limit 500`,
  );
  const orgs = await query<{ id: number; slug: string }>(
    sql`select o.id, o.slug from organization o
      where ${seenBy(reach)} and exists (select 1 from token_usage u where u.org_id = o.id) order by o.slug`,
  );
  const unpriced: UnpricedUsage[] = [];
  for (const { id, slug } of orgs) unpriced.push(...(await unpricedOf(id, slug)));
  return { items: rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })), unpriced };
}

async function unpricedOf(orgId: number, org: string): Promise<UnpricedUsage[]> {
  const prices = await loadPrices(getPool(), orgId);
  const models = new Map<string, Omit<UnpricedUsage, "tokens"> & { tokens: bigint[] }>();
  for (const usage of (await storedUsage(getPool(), orgId)).values()) {
    for (const line of usage) {
      if (estimateOf(line, prices) !== null) continue;
      const { day, model, provider } = line;
      const key = JSON.stringify([provider, model.toLowerCase()]);
      const known = models.get(key) ?? { org, model, provider, firstDay: day, lastDay: day, tokens: [] };
      const [firstDay, , lastDay] = [known.firstDay, day, known.lastDay].sort();
      models.set(key, {
        ...known,
        firstDay: firstDay ?? day,
        lastDay: lastDay ?? day,
        tokens: TOKEN_FIELDS.map((field, index) => (known.tokens[index] ?? 0n) + line[field]),
      });
    }
  }
  return [...models.values()].map(({ tokens, ...rest }) => ({
    ...rest,
    tokens: Object.fromEntries(
      TOKEN_FIELDS.map((field, index) => [field, String(tokens[index] ?? 0n)]),
    ) as UnpricedUsage["tokens"],
  }));
}
