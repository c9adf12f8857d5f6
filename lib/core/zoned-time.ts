/** Calendar arithmetic in an IANA zone. Calendar days are `YYYY-MM-DD`; instants are `Date`. */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const offsets = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  let format = offsets.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    offsets.set(timeZone, format);
  }
  return format;
}

/** Milliseconds that the zone's clock is ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of offsetFormat(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** The calendar day of an instant. */
export function dayOf(instant: string | Date, timeZone: string): string {
  const time = new Date(instant).getTime();
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 10);
}

/**
 * The instant at which a calendar day begins: the first moment after midnight where midnight does not exist, the
 * earlier one where clocks that are turned back show it twice.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const key = `${day} ${timeZone}`;
  let start = starts.get(key);
  if (start === undefined) {
    if (starts.size >= MAX_KEPT) starts.clear();
    start = computeStart(day, timeZone);
    starts.set(key, start);
  }
  return new Date(start);
}

/** Buckets of charts ask for the same days again and again, and asking `Intl` takes microseconds. */
const starts = new Map<string, number>();
const MAX_KEPT = 20_000;

function computeStart(day: string, timeZone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`);
  const guess = wall - offsetAt(wall, timeZone);
  const settled = wall - offsetAt(guess, timeZone);
  const start = dayOf(new Date(settled), timeZone) < day ? guess : settled;
  const hourBefore = start - HOUR_MS;
  return dayOf(new Date(hourBefore), timeZone) === day ? hourBefore : start;
}

/** The instant at which the clock hour of an instant began. */
export function startOfHour(instant: Date, timeZone: string): Date {
  const time = instant.getTime();
  const offset = offsetAt(time, timeZone);
  return new Date(Math.floor((time + offset) / HOUR_MS) * HOUR_MS - offset);
}

/** The day that many days later (earlier when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of the day's ISO week. */
export function startOfWeek(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** The first day of the day's month, that many months later. */
export function startOfMonth(day: string, later = 0): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + later, 1)).toISOString().slice(0, 10);
}

/** Whether the text is a day that exists, `2026-02-30` is not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}
