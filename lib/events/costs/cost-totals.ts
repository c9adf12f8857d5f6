import type { PoolClient, Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { LedgerEntry } from "./ledger-entries";

/** Days that one source tells of, both ends inside. */
export interface SourceDays {
  source: string;
  firstDay: string;
  lastDay: string;
}

/** What a source stands for by now on some days: what was posted of it adds up to this. */
export async function costTotals(
  client: Queryable,
  orgId: number,
  { firstDay, lastDay, source }: SourceDays,
): Promise<LedgerEntry[]> {
  const rows = await query<Omit<LedgerEntry, "minor"> & { minor: string }>(
    sql`select day::text as day, nullif(team, '') as team, nullif(agent, '') as agent, item, provider, currency, basis,
        amount_minor::text as minor
      from cost_import_total
      where org_id = ${orgId} and source = ${source} and day between ${firstDay}::date and ${lastDay}::date`,
    client,
  );
  return rows.map(({ minor, ...key }) => ({ ...key, minor: BigInt(minor) }));
}

/** Puts entries in the place of what a source stood for on some days. */
export async function replaceTotals(
  client: PoolClient,
  orgId: number,
  { firstDay, lastDay, source }: SourceDays,
  entries: readonly LedgerEntry[],
): Promise<void> {
  await execute(
    sql`delete from cost_import_total
      where org_id = ${orgId} and source = ${source} and day between ${firstDay}::date and ${lastDay}::date`,
    client,
  );
  const column = (of: (entry: LedgerEntry) => string) => entries.map(of);
  await execute(
    sql`insert into cost_import_total (org_id, source, day, team, agent, item, provider, currency, basis,
        amount_minor)
      select ${orgId}, ${source}, e.day, e.team, e.agent, e.item, e.provider, e.currency, e.basis, e.minor
      from unnest(${column(({ day }) => day)}::date[], ${column(({ team }) => team ?? "")}::text[],
        ${column(({ agent }) => agent ?? "")}::text[], ${column(({ item }) => item)}::text[],
        ${column(({ provider }) => provider)}::text[], ${column(({ currency }) => currency)}::text[],
        ${column(({ basis }) => basis)}::text[], ${column(({ minor }) => String(minor))}::bigint[])
        as e (day, team, agent, item, provider, currency, basis, minor)`,
    client,
  );
}
