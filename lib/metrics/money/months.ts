import { dayOf, startOfDay, startOfMonth } from "@/lib/core/zoned-time";

/** Months have 30.4375 days on average. */
const MONTH_MS = 30.4375 * 86_400_000;

/**
 * How many months lie between two instants: whole ones of the calendar are counted, so that what is paid each month is paid
 * once in February; anything else is measured in average months.
 */
export function monthsBetween(start: number, end: number, timeZone: string): number {
  if (end <= start) return 0;
  const [first, last] = [dayOf(new Date(start), timeZone), dayOf(new Date(end), timeZone)];
  const isWhole = [
    [start, first],
    [end, last],
  ].every(([instant, day]) => startOfDay(startOfMonth(String(day)), timeZone).getTime() === instant);
  if (!isWhole) return (end - start) / MONTH_MS;
  const [fromYear = 0, fromMonth = 0] = first.split("-").map(Number);
  const [toYear = 0, toMonth = 0] = last.split("-").map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}
