import { addDays, dayOf, startOfDay, startOfMonth, startOfWeek } from "./zoned-time";

/** How a report is sent: the month by e-mail, the week to a chat. */
export const REPORT_CHANNELS = ["mail", "slack", "teams"] as const;
export type ReportChannel = (typeof REPORT_CHANNELS)[number];

/** The clock hour, in the organisation's zone, at which reports are sent. */
export const SENT_AT_HOUR = 8;
const HOUR_MS = 3_600_000;

/** When a report is due, and what it is about. */
export interface DueReport {
  dueAt: Date;
  /** Days of the organisation's calendar, both inclusive. */
  firstDay: string;
  lastDay: string;
}

/** By mail it is a matter of months, else of weeks. */
export const isMonthly = (channel: ReportChannel): boolean => channel === "mail";

/** On a day on which clocks are turned it is an hour more or less than the clock says. */
const dueOn = (day: string, timeZone: string): Date =>
  new Date(startOfDay(day, timeZone).getTime() + SENT_AT_HOUR * HOUR_MS);

/**
 * The last time that a report was due: of the whole month before on a day of the month, of the whole ISO week before on a day
 * of the week.
 * @param onDay 1..28 of the month, or 1 (Monday) to 7 of the week
 */
export function lastDue(channel: ReportChannel, onDay: number, timeZone: string, now: Date): DueReport {
  const today = dayOf(now, timeZone);
  const begun = isMonthly(channel) ? startOfMonth(today) : startOfWeek(today);
  const before = (start: string) => (isMonthly(channel) ? startOfMonth(start, -1) : addDays(start, -7));
  const dueIn = (start: string): DueReport => ({
    dueAt: dueOn(addDays(start, onDay - 1), timeZone),
    firstDay: before(start),
    lastDay: addDays(start, -1),
  });
  const own = dueIn(begun);
  return own.dueAt <= now ? own : dueIn(before(begun));
}

/** When it is due next. */
export function nextDue(channel: ReportChannel, onDay: number, timeZone: string, now: Date): Date {
  const { lastDay } = lastDue(channel, onDay, timeZone, now);
  const start = addDays(lastDay, 1);
  const next = isMonthly(channel) ? startOfMonth(start, 1) : addDays(start, 7);
  return dueOn(addDays(next, onDay - 1), timeZone);
}

/** Minutes until the next attempt, after so many that failed; after the last of them nothing is tried any more. */
const WAIT_MINUTES = [1, 5, 30, 120, 360] as const;

/** When a delivery is tried again; null: it has failed. @param attempts that were made */
export function retryAt(attempts: number, now: Date): Date | null {
  const minutes = WAIT_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}
