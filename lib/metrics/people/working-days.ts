import { dayOf, startOfDay } from "@/lib/core/zoned-time";

const DAY_MS = 86_400_000;
export const WORKING_DAYS = 5;

/** Monday to Friday of the days before a day, counted from Monday, 29 December 1969. */
export function weekdaysBefore(day: number): number {
  const since = day + 3;
  const rest = ((since % 7) + 7) % 7;
  return Math.floor(since / 7) * WORKING_DAYS + Math.min(rest, WORKING_DAYS);
}

/** Gives the first day of a zone's calendar, counted since 1970, that begins at an instant or after it. */
export function createDayReader(timeZone: string): (instant: number) => number {
  const known = new Map<number, number>();
  return (instant) => {
    if (!Number.isFinite(instant)) return instant;
    let day = known.get(instant);
    if (day === undefined) {
      const name = dayOf(new Date(instant), timeZone);
      const began = startOfDay(name, timeZone).getTime();
      day = Date.parse(`${name}T00:00:00Z`) / DAY_MS + (began < instant ? 1 : 0);
      known.set(instant, day);
    }
    return day;
  };
}

/** Tells how many days from Monday to Friday of a zone's calendar begin in a period. */
export function createWorkingDays(timeZone: string): (from: number, to: number) => number {
  const dayOfInstant = createDayReader(timeZone);
  return (from, to) => weekdaysBefore(dayOfInstant(to)) - weekdaysBefore(dayOfInstant(from));
}
