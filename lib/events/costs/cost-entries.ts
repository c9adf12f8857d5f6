import { randomUUID } from "node:crypto";
import type { CostEntry, CostRhythm } from "@/lib/core/cost-files";
import { AppError } from "@/lib/core/errors";
import { allocateMinor, minorDigits, toMajor, toMinor } from "@/lib/core/money";
import { addDays, dayOf, startOfMonth } from "@/lib/core/zoned-time";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { holdAlone, placeOf, type Reach } from "./cost-place";
import { costTotals, replaceTotals } from "./cost-totals";
import { differences, type LedgerEntry } from "./ledger-entries";
import { postCosts } from "./post-costs";
import type { CostEntryInput } from "./schema";

const MONTHS = 12;

/** What is due of an entry, as it is kept. */
interface DueEntry extends Omit<LedgerEntry, "day" | "basis"> {
  every: CostRhythm;
  startsOn: string;
  endsOn: string | null;
}

/** The same day of a later month, or the last one where that month is shorter. */
function monthsLater(day: string, months: number): string {
  const first = startOfMonth(day, months);
  const last = addDays(startOfMonth(first, 1), -1);
  const same = `${first.slice(0, 8)}${day.slice(8)}`;
  return same > last ? last : same;
}

/**
 * What an entry has come to by a day: once, or on the same day of each month; what is paid by the year is spread over its months
 * so that they add up to it (largest remainder).
 * @param today the last day that anything is posted of, `2026-01-31`
 */
export function dueEntries(entry: DueEntry, today: string): LedgerEntry[] {
  const { endsOn, every, minor, startsOn, ...key } = entry;
  const last = endsOn !== null && endsOn < today ? endsOn : today;
  const due: LedgerEntry[] = [];
  const parts =
    every === "year"
      ? allocateMinor(
          minor,
          Array.from({ length: MONTHS }, () => "1"),
        )
      : [minor];
  for (let index = 0; ; index += 1) {
    const day = monthsLater(startsOn, index);
    if (day > last || (every === "once" && index > 0)) return due;
    due.push({ ...key, day, basis: "billed", minor: parts[index % parts.length] as bigint });
  }
}

const sourceOf = (id: number): string => `/entry/${id}`;

/** Posts what has become due of an entry, or takes back what is not due any more. @returns how many entries were posted */
async function postDue(
  client: PoolClient,
  { orgId, timeZone }: { orgId: number; timeZone: string },
  id: number,
  due: readonly LedgerEntry[],
): Promise<number> {
  const range = { source: sourceOf(id), firstDay: "2000-01-01", lastDay: "9999-12-31" };
  const posted = differences(await costTotals(client, orgId, range), due);
  if (posted.length === 0) return 0;
  await postCosts(client, { orgId, timeZone }, posted, { source: "entered", subject: `cost-entry:${randomUUID()}` });
  await replaceTotals(client, orgId, range, due);
  return posted.length;
}

/**
 * Notes what is paid by the month or year, or was paid once, and posts what is due of it.
 * @param by who says it, as pages name them
 * @returns its number, and how many entries were posted
 * @throws {AppError} `not_found`, `unprocessable` with the pointer of what cannot be taken
 */
export async function enterCost(
  reach: Reach,
  entry: CostEntryInput,
  by: string,
  now = new Date(),
): Promise<{ id: number; posted: number }> {
  const place = await placeOf(reach, entry.org);
  const refuse = (pointer: string, message: string) => new AppError({ code: "unprocessable", message, pointer });
  const team = entry.team === null ? null : place.teams.get(entry.team.toLowerCase());
  if (team === undefined) throw refuse("/team", `There is no team “${entry.team}”.`);
  const agent = entry.agent === null ? null : place.agents.get(entry.agent.toLowerCase());
  if (agent === undefined) throw refuse("/agent", `No agent is called “${entry.agent}”.`);
  const minor = toMinor(entry.amount, entry.currency);
  if (!toMajor(minor, entry.currency).eq(entry.amount))
    throw refuse("/amount", `${entry.currency} has ${minorDigits(entry.currency)} decimals.`);
  if (minor === 0n) throw refuse("/amount", "Nothing is paid for it: enter an amount.");
  return withTransaction(async (client) => {
    await holdAlone(client, place.orgId);
    const [row] = await query<{ id: number }>(
      sql`insert into cost_entry (org_id, item, provider, team, agent, currency, amount_minor, every, starts_on, ends_on,
          why, entered_by)
        values (${place.orgId}, ${entry.item}, ${entry.provider}, ${team}, ${agent}, ${entry.currency},
          ${String(minor)}::bigint, ${entry.every}, ${entry.startsOn}::date, ${entry.endsOn}::date, ${entry.why}, ${by})
        returning id`,
      client,
    );
    if (row === undefined) throw new Error("An entry was not stored");
    const due = dueEntries({ ...entry, team, agent, minor }, dayOf(now, place.timeZone));
    return { id: row.id, posted: await postDue(client, place, row.id, due) };
  });
}

interface StoredEntry extends Omit<DueEntry, "minor"> {
  id: number;
  orgId: number;
  org: string;
  timeZone: string;
  amountMinor: string;
}

const storedEntries = (which: ReturnType<typeof sql>, client?: PoolClient) =>
  query<StoredEntry>(
    sql`select e.id, e.org_id as "orgId", o.slug as org, o.time_zone as "timeZone", e.item, e.provider, e.team, e.agent,
        e.currency, e.amount_minor::text as "amountMinor", e.every, e.starts_on::text as "startsOn",
        e.ends_on::text as "endsOn"
      from cost_entry e join organization o on o.id = e.org_id where e.removed_at is null and ${which} order by e.id`,
    client,
  );

const dueOf = ({ amountMinor, id: _, org: __, orgId: ___, timeZone, ...entry }: StoredEntry, now: Date) =>
  dueEntries({ ...entry, minor: BigInt(amountMinor) }, dayOf(now, timeZone));

/** Posts what has become due of all entries since. @returns how many entries of the ledger were posted */
export async function postDueCosts(now = new Date()): Promise<number> {
  let posted = 0;
  for (const { orgId } of await query<{ orgId: number }>(
    sql`select distinct org_id as "orgId" from cost_entry where removed_at is null order by 1`,
  )) {
    posted += await withTransaction(async (client) => {
      await holdAlone(client, orgId);
      let count = 0;
      for (const entry of await storedEntries(sql`e.org_id = ${orgId}`, client))
        count += await postDue(client, entry, entry.id, dueOf(entry, now));
      return count;
    });
  }
  return posted;
}

/** One entry that is still there, of an organisation that is seen. */
async function findEntry(reach: Reach, id: string): Promise<StoredEntry> {
  const [found] = /^\d{1,9}$/.test(id) ? await storedEntries(sql`e.id = ${Number(id)}::integer`) : [];
  if (found === undefined) throw new AppError({ code: "not_found", message: `There is no entry ${id}.` });
  await placeOf(reach, found.org);
  return found;
}

/**
 * Says on which day an entry ended, or takes all of it back; what was posted beyond it is taken back.
 * @param endsOn null: all of it is taken back
 * @throws {AppError} `not_found`, `unprocessable` at `/endsOn`
 */
export async function endCost(
  reach: Reach,
  id: string,
  endsOn: string | null,
  now = new Date(),
): Promise<{ posted: number; org: string; provider: string }> {
  const found = await findEntry(reach, id);
  const { org, provider, startsOn } = found;
  if (endsOn !== null && endsOn < startsOn)
    throw new AppError({ code: "unprocessable", message: `It begins on ${startsOn} only.`, pointer: "/endsOn" });
  return withTransaction(async (client) => {
    await holdAlone(client, found.orgId);
    await execute(
      endsOn === null
        ? sql`update cost_entry set removed_at = now() where id = ${found.id}`
        : sql`update cost_entry set ends_on = ${endsOn}::date where id = ${found.id}`,
      client,
    );
    const due = endsOn === null ? [] : dueOf({ ...found, endsOn }, now);
    return { org, provider, posted: await postDue(client, found, found.id, due) };
  });
}

/** What was entered and not taken back, the latest first. */
export async function listCostEntries({ organizations }: Reach): Promise<CostEntry[]> {
  const seen = organizations === "all" ? sql`true` : sql`e.org_id = any(${[...organizations]}::integer[])`;
  const rows = await query<Omit<CostEntry, "at"> & { at: Date }>(
    sql`select e.id, o.slug as org, e.item, e.provider, e.team, e.agent, e.currency, e.amount_minor::text as "amountMinor",
        e.every, e.starts_on::text as "startsOn", e.ends_on::text as "endsOn", e.why, e.entered_by as by,
        e.entered_at as at, coalesce(t.minor, 0)::text as "postedMinor"
      from cost_entry e join organization o on o.id = e.org_id
        left join lateral (select sum(amount_minor) as minor from cost_import_total
          where org_id = e.org_id and source = '/entry/' || e.id) t on true
      where e.removed_at is null and ${seen} order by e.id desc limit 500`,
  );
  return rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() }));
}
