import { AppError, errorCode } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { OrgEntry } from "./directory";

/** A half-open period. */
export interface Period {
  from: Date;
  to: Date;
}

export type Grain = "hour" | "day" | "week" | "month";

const STEPS: Readonly<Record<Grain, string>> = { hour: "1 hour", day: "1 day", week: "7 days", month: "1 month" };
const SHORTEST_MS: Readonly<Record<Grain, number>> = {
  hour: 3_600_000,
  day: 23 * 3_600_000,
  week: 6.9 * 86_400_000,
  month: 28 * 86_400_000,
};
const MAX_BUCKETS = 2200;

/** SQLSTATE of a time zone that PostgreSQL does not recognise. */
const INVALID_PARAMETER = "22023";

/**
 * The time zone of a query: what it names, else that of its organisations when they agree, else UTC.
 * @throws {AppError} `unprocessable` for a zone that the database does not know.
 */
export async function resolveTimeZone(
  client: Queryable,
  asked: string | undefined,
  orgs: readonly OrgEntry[],
): Promise<string> {
  if (asked === undefined) {
    const zones = new Set(orgs.map(({ timeZone }) => timeZone));
    const [only] = zones;
    return zones.size === 1 && only !== undefined ? only : "UTC";
  }
  try {
    await query(sql`select timestamp '2000-01-01' at time zone ${asked}`, client);
    return asked;
  } catch (error) {
    if (errorCode(error) !== INVALID_PARAMETER) throw error;
    throw new AppError({
      code: "unprocessable",
      message: `The database does not know the time zone ${asked}.`,
      pointer: "/timeZone",
    });
  }
}

/** The first instant at which clocks of the zone show a local time: earlier of two where they are turned back. */
function firstInstant(local: Sql, timeZone: string): Sql {
  const instant = sql`(${local} at time zone ${timeZone})`;
  return sql`case when (${instant} - interval '1 hour') at time zone ${timeZone} = ${local}
    then ${instant} - interval '1 hour' else ${instant} end`;
}

function momentSql(text: string, timeZone: string): Sql {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? firstInstant(sql`${text}::date::timestamp`, timeZone)
    : sql`${text}::timestamptz`;
}

/** Reads a point in time; a date is its first moment in the time zone. */
export async function resolveMoment(client: Queryable, text: string, timeZone: string): Promise<Date> {
  const [row] = await query<{ at: Date }>(sql`select ${momentSql(text, timeZone)} as at`, client);
  if (row === undefined) throw new Error("A select without a table gave no row");
  return row.at;
}

/**
 * Reads the two ends of a period; a date is its first moment in the time zone.
 * @param pointer of the object that holds `from` and `to`, for messages
 * @throws {AppError} `unprocessable` when it does not end after it starts.
 */
export async function resolvePeriod(
  client: Queryable,
  { from, to }: { from: string; to: string },
  timeZone: string,
  pointer = "",
): Promise<Period> {
  const period = { from: await resolveMoment(client, from, timeZone), to: await resolveMoment(client, to, timeZone) };
  if (period.from >= period.to) {
    throw new AppError({
      code: "unprocessable",
      message: `The period must end after it starts, but "${to}" is not after "${from}".`,
      pointer: `${pointer}/to`,
    });
  }
  return period;
}

/** The period of the same length right before another one. */
export function previousPeriod({ from, to }: Period): Period {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

/**
 * Starts of the calendar buckets that a period touches, oldest first, and the end of the last one. Weeks start on
 * Monday. Without a grain the period is its own only bucket.
 * @throws {AppError} `unprocessable` when there would be too many to read or draw.
 */
export async function bucketEdges(
  client: Queryable,
  period: Period,
  grain: Grain | null,
  timeZone: string,
): Promise<Date[]> {
  if (grain === null) return [period.from, period.to];
  if ((period.to.getTime() - period.from.getTime()) / SHORTEST_MS[grain] > MAX_BUCKETS) {
    throw new AppError({
      code: "unprocessable",
      message: `The period has more than ${MAX_BUCKETS} steps of one ${grain}: choose a coarser grain or a shorter period.`,
      pointer: "/grain",
    });
  }
  const step = STEPS[grain];
  // Hours are counted in elapsed time, so that both of a repeated hour exist; longer steps follow the local calendar.
  const series =
    grain === "hour"
      ? sql`select g as edge from generate_series(date_trunc('hour', ${period.from}::timestamptz, ${timeZone}),
          ${period.to}::timestamptz + interval '1 hour', ${step}::interval) g`
      : sql`select ${firstInstant(sql`g.local`, timeZone)} as edge from generate_series(
          date_trunc(${grain}, ${period.from}::timestamptz at time zone ${timeZone}),
          ${period.to}::timestamptz at time zone ${timeZone} + ${step}::interval, ${step}::interval) g(local)`;
  const rows = await query<{ edge: Date }>(sql`select edge from (${series}) e order by edge`, client);
  const edges = rows.map(({ edge }) => edge);
  const last = edges.findIndex((edge) => edge >= period.to);
  return edges.slice(0, last + 1);
}
