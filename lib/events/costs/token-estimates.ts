import { TOKEN_FIELDS, type TokenField } from "@/lib/core/cost-files";
import { Decimal } from "@/lib/core/decimal";
import type { PoolClient, Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { SourceDays } from "./cost-totals";
import type { CostLine, UsageLine } from "./read-cost-file";

const MILLION = 1_000_000;

/** Prices of a million tokens, major units as decimal text; null: not known. */
interface Price extends Record<TokenField, string | null> {
  /** In small letters. */
  model: string;
  validFrom: string;
  currency: string;
}

/** What tokens cost by model and day. */
export type PriceBook = ReadonlyMap<string, readonly Price[]>;

/** Every price of an organisation: of a model those that began last first, of one day what was said last. */
export async function loadPrices(client: Queryable, orgId: number): Promise<PriceBook> {
  const rows = await query<Price>(
    sql`select lower(model) as model, valid_from::text as "validFrom", currency, input::text as input,
        output::text as output, cache_read::text as "cacheRead", cache_write::text as "cacheWrite"
      from token_price where org_id = ${orgId} order by valid_from desc, id desc`,
    client,
  );
  const book = new Map<string, Price[]>();
  for (const row of rows) book.set(row.model, [...(book.get(row.model) ?? []), row]);
  return book;
}

/** What tokens of a day come to, in major units; null where some of them have no price: unknown is never nothing. */
export function estimateOf(usage: UsageLine, prices: PriceBook): { amount: Decimal; currency: string } | null {
  const price = prices.get(usage.model.toLowerCase())?.find(({ validFrom }) => validFrom <= usage.day);
  if (price === undefined) return null;
  let amount = new Decimal(0);
  for (const field of TOKEN_FIELDS) {
    if (usage[field] === 0n) continue;
    const each = price[field];
    if (each === null) return null;
    amount = amount.plus(new Decimal(usage[field]).times(each).div(MILLION));
  }
  return { amount, currency: price.currency };
}

/** Estimates of usage as lines of costs; what has no price is in none. */
export function estimatedLines(usage: readonly UsageLine[], prices: PriceBook): CostLine[] {
  return usage.flatMap((line): CostLine[] => {
    const found = estimateOf(line, prices);
    const { agent, day, provider, team } = line;
    return found === null ? [] : [{ day, provider, agent, team, item: "api", ...found }];
  });
}

/** Tokens by model and provider, and whether all of them have a price. */
export function usageByModel(usage: readonly UsageLine[], prices: PriceBook) {
  const models = new Map<
    string,
    { model: string; provider: string; tokens: Record<TokenField, bigint>; isPriced: boolean }
  >();
  for (const line of usage) {
    const key = JSON.stringify([line.provider, line.model.toLowerCase()]);
    const known = models.get(key);
    const isPriced = estimateOf(line, prices) !== null;
    const tokens = Object.fromEntries(
      TOKEN_FIELDS.map((field) => [field, (known?.tokens[field] ?? 0n) + line[field]]),
    ) as Record<TokenField, bigint>;
    models.set(key, {
      model: known?.model ?? line.model,
      provider: line.provider,
      tokens,
      isPriced: isPriced && (known?.isPriced ?? true),
    });
  }
  return [...models.values()].map(({ tokens, ...rest }) => ({
    ...rest,
    tokens: Object.fromEntries(TOKEN_FIELDS.map((field) => [field, String(tokens[field])])) as Record<
      TokenField,
      string
    >,
  }));
}

async function usageText(client: Queryable, orgId: number, { firstDay, lastDay, source }: SourceDays): Promise<string> {
  const [row] = await query<{ text: string | null }>(
    sql`select md5(string_agg(u::text, E'\\n' order by u::text)) as text from token_usage u
      where org_id = ${orgId} and source = ${source} and day between ${firstDay}::date and ${lastDay}::date`,
    client,
  );
  return row?.text ?? "";
}

/**
 * Puts usage in the place of what a source told of some days. Lines of the same thing are added up.
 * @returns whether that is anything else than was there
 */
export async function replaceUsage(
  client: PoolClient,
  orgId: number,
  range: SourceDays,
  usage: readonly UsageLine[],
): Promise<boolean> {
  const { firstDay, lastDay, source } = range;
  const before = await usageText(client, orgId, range);
  await execute(
    sql`delete from token_usage
      where org_id = ${orgId} and source = ${source} and day between ${firstDay}::date and ${lastDay}::date`,
    client,
  );
  if (usage.length === 0) return before !== "";
  const column = (of: (line: UsageLine) => string) => usage.map(of);
  await execute(
    sql`insert into token_usage (org_id, source, day, team, agent, provider, model, input, output, cache_read, cache_write)
      select ${orgId}, ${source}, u.day, u.team, u.agent, u.provider, u.model, sum(u.input), sum(u.output),
        sum(u.cache_read), sum(u.cache_write)
      from unnest(${column(({ day }) => day)}::date[], ${column(({ team }) => team ?? "")}::text[],
        ${column(({ agent }) => agent ?? "")}::text[], ${column(({ provider }) => provider)}::text[],
        ${column(({ model }) => model)}::text[], ${column(({ input }) => String(input))}::bigint[],
        ${column(({ output }) => String(output))}::bigint[], ${column(({ cacheRead }) => String(cacheRead))}::bigint[],
        ${column(({ cacheWrite }) => String(cacheWrite))}::bigint[])
        as u (day, team, agent, provider, model, input, output, cache_read, cache_write)
      group by u.day, u.team, u.agent, u.provider, u.model`,
    client,
  );
  return before !== (await usageText(client, orgId, range));
}

/** What sources told of tokens, of every day. */
export async function storedUsage(
  client: Queryable,
  orgId: number,
): Promise<ReadonlyMap<string, readonly UsageLine[]>> {
  const rows = await query<Omit<UsageLine, TokenField> & Record<TokenField, string> & { source: string }>(
    sql`select source, day::text as day, nullif(team, '') as team, nullif(agent, '') as agent, provider, model,
        input::text as input, output::text as output, cache_read::text as "cacheRead", cache_write::text as "cacheWrite"
      from token_usage where org_id = ${orgId} order by source, day`,
    client,
  );
  const sources = new Map<string, UsageLine[]>();
  for (const { cacheRead, cacheWrite, input, output, source, ...rest } of rows) {
    const line: UsageLine = {
      ...rest,
      input: BigInt(input),
      output: BigInt(output),
      cacheRead: BigInt(cacheRead),
      cacheWrite: BigInt(cacheWrite),
    };
    const own = sources.get(source) ?? [];
    sources.set(source, own);
    own.push(line);
  }
  return sources;
}
