import { AppError } from "@/lib/core/errors";
import { addDays, dayOf, startOfDay, startOfHour, startOfMonth, startOfWeek } from "@/lib/core/zoned-time";
import type { OrgEntry } from "./directory";

/** A half-open period. */
export interface Period {
  from: Date;
  to: Date;
}

export type Grain = "hour" | "day" | "week" | "month";

const HOUR_MS = 3_600_000;
const SHORTEST_MS: Readonly<Record<Grain, number>> = {
  hour: HOUR_MS,
  day: 23 * HOUR_MS,
  week: 6.9 * 24 * HOUR_MS,
  month: 28 * 24 * HOUR_MS,
};
const MAX_BUCKETS = 2200;

/** The time zone of a query: what it names, else that of its organisations when they agree, else UTC. */
export function resolveTimeZone(asked: string | undefined, orgs: readonly OrgEntry[]): string {
  if (asked !== undefined) return asked;
  const zones = new Set(orgs.map(({ timeZone }) => timeZone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : "UTC";
}

/** Reads a point in time; a date is its first moment in the time zone. */
export function resolveMoment(text: string, timeZone: string): Date {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text, timeZone) : new Date(text);
}

/**
 * Reads the two ends of a period; a date is its first moment in the time zone.
 * @param pointer of the object that holds `from` and `to`, for messages
 * @throws {AppError} `unprocessable` when it does not end after it starts.
 */
export function resolvePeriod({ from, to }: { from: string; to: string }, timeZone: string, pointer = ""): Period {
  const period = { from: resolveMoment(from, timeZone), to: resolveMoment(to, timeZone) };
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

/** Starts of the buckets from the one that holds an instant on: hours in elapsed time, longer ones on the calendar. */
function* bucketStarts(from: Date, grain: Grain, timeZone: string): Generator<Date> {
  if (grain === "hour") {
    // Both of a repeated hour exist.
    for (let at = startOfHour(from, timeZone).getTime(); ; at += HOUR_MS) yield new Date(at);
  }
  const day = dayOf(from, timeZone);
  const first = grain === "day" ? day : grain === "week" ? startOfWeek(day) : startOfMonth(day);
  for (let step = 0; ; step += 1) {
    const start = grain === "month" ? startOfMonth(first, step) : addDays(first, grain === "week" ? step * 7 : step);
    yield startOfDay(start, timeZone);
  }
}

/**
 * Starts of the calendar buckets that a period touches, oldest first, and the end of the last one. Weeks start on
 * Monday. Without a grain the period is its own only bucket.
 * @throws {AppError} `unprocessable` when there would be too many to read or draw.
 */
export function bucketEdges(period: Period, grain: Grain | null, timeZone: string): Date[] {
  if (grain === null) return [period.from, period.to];
  if ((period.to.getTime() - period.from.getTime()) / SHORTEST_MS[grain] > MAX_BUCKETS) {
    throw new AppError({
      code: "unprocessable",
      message: `The period has more than ${MAX_BUCKETS} steps of one ${grain}: choose a coarser grain or a shorter period.`,
      pointer: "/grain",
    });
  }
  const edges: Date[] = [];
  for (const edge of bucketStarts(period.from, grain, timeZone)) {
    // A day that a zone left out when it crossed the date line begins together with the next one.
    const last = edges.at(-1);
    if (last === undefined || edge > last) edges.push(edge);
    if (edge >= period.to) break;
  }
  return edges;
}
