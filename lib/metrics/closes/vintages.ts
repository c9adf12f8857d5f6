import type { Scope } from "@/lib/auth/scope";
import { addDays, dayOf, startOfDay } from "@/lib/core/zoned-time";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { openFacts } from "@/lib/metrics/columns/store";
import { coverageOf } from "@/lib/metrics/coverage";
import { answerFrom } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { selectPullRequests } from "@/lib/metrics/selection";
import { readMonths, spanOf } from "./month-content";
import { monthValues, thaw } from "./snapshot";
import { storedCloses } from "./stored-closes";
import type { MonthVintage, VintageDays } from "./types";

/** What takes longer to be known than a month waits to be closed, by when it is known (metrics.md, close). */
const LONG_WINDOW: Readonly<Record<VintageDays, readonly string[]>> = {
  30: ["post_merge_rework_rate_21d", "defect_density_30d"],
  90: ["defect_density_90d"],
};
export const VINTAGE_DAYS = [30, 90] as const satisfies readonly VintageDays[];
/** What happened on the last day has to be told of. */
const SETTLE_DAYS = 1;

/** A vintage that can be worked out and was not. */
export interface DueVintage {
  closeId: number;
  org: string;
  month: string;
  days: VintageDays;
}

/** Vintages that are due by the clock: data may not reach so far yet. @param now the wall clock */
export async function dueVintages(now: Date): Promise<DueVintage[]> {
  const due: DueVintage[] = [];
  for (const { id, slug, timeZone } of await query<{ id: number; slug: string; timeZone: string }>(
    sql`select distinct o.id, o.slug, o.time_zone as "timeZone" from organization o join month_close c on c.org_id = o.id
      order by o.id`,
  )) {
    const stored = await storedCloses(id);
    const kept = await storedVintages(id);
    const latest = stored.filter(({ month }, index) => stored.findIndex((one) => one.month === month) === index);
    for (const { id: closeId, month, reopenedAt } of latest) {
      if (reopenedAt !== null) continue;
      for (const days of VINTAGE_DAYS) {
        const isKept = kept.get(closeId)?.some((one) => one.days === days) === true;
        if (!isKept && now >= knownFrom(month, timeZone, days)) due.push({ closeId, org: slug, month, days });
      }
    }
  }
  return due;
}

/** From when on everything is known of a month so many days after its end. */
function knownFrom(month: string, timeZone: string, days: number): Date {
  const end = dayOf(spanOf(month, timeZone).to, timeZone);
  return startOfDay(addDays(end, days + SETTLE_DAYS), timeZone);
}

/** What a month comes to with what is known now; null where data do not reach far enough. */
export async function readVintage(
  scope: Scope,
  { closeId, days, month, org: slug }: DueVintage,
): Promise<MonthVintage | null> {
  const view = await openFacts(scope);
  const org = view.directory.orgs.find((one) => one.slug === slug);
  const coverage = coverageOf(selectPullRequests(view.directory, { org: [slug] }).repos);
  if (org === undefined || coverage === null) return null;
  const { timeZone } = org;
  if (coverage.allTo < knownFrom(month, timeZone, days)) return null;
  const close = (await storedCloses(org.id)).find(({ id }) => id === closeId);
  if (close === undefined) return null;
  const { currency } = thaw(close.snapshot, close.sha256).snapshot;
  const content = (await readMonths(scope, org, [month])).get(month)?.content ?? null;
  const values = content === null || content.currency !== currency ? null : monthValues(content.parts, [], currency);
  const span = spanOf(month, timeZone);
  const answer = await answerFrom(
    view,
    metricsQuerySchema.parse({
      metrics: LONG_WINDOW[days],
      from: span.from.toISOString(),
      to: span.to.toISOString(),
      timeZone,
      filters: { org: [slug] },
    }),
  );
  return {
    days,
    dataCompleteTo: coverage.allTo.toISOString(),
    total: values?.total ?? null,
    metrics: answer.results.map(({ metric, rows: [row] }) => ({
      metric,
      value: row?.value ?? null,
      lo: row?.lo ?? null,
      hi: row?.hi ?? null,
      n: row?.n ?? null,
      reason: row?.reason ?? (row === undefined ? "nothing was merged" : null),
    })),
  };
}

/** Vintages of the closes of an organisation, by close, the first ones first. */
export async function storedVintages(orgId: number): Promise<ReadonlyMap<number, MonthVintage[]>> {
  const rows = await query<{ closeId: number; content: string }>(
    sql`select v.close_id as "closeId", v.content from month_vintage v join month_close c on c.id = v.close_id
      where c.org_id = ${orgId} order by v.close_id, v.days`,
  );
  const found = new Map<number, MonthVintage[]>();
  for (const { closeId, content } of rows)
    found.set(closeId, [...(found.get(closeId) ?? []), JSON.parse(content) as MonthVintage]);
  return found;
}
