import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { Random } from "./random";

/** The sample's calendar: whole days of the organisation's zone, counted from its first day. */

const DAY_MS = DAY_SECONDS * 1000;
const FIRST_DAY = Date.UTC(2025, 4, 1);
const HOUR_MS = DAY_MS / 24;

/** Index of a calendar date, 0 for the first day of the sample. */
export function dayOf(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - FIRST_DAY) / DAY_MS);
}

/** The calendar date of a day. */
export const dateOf = (day: number): string => new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);

// New York: the only zone rule needed for eighteen fixed months, so the generator does not depend on the ICU data.
const WINTER_FROM = dayOf("2025-11-02");
const WINTER_UNTIL = dayOf("2026-03-08");

/** UTC instant (ms) of a local wall-clock second of a day. */
export function instantOf(day: number, secondOfDay: number): number {
  const offsetHours = day >= WINTER_FROM && day < WINTER_UNTIL ? 5 : 4;
  return FIRST_DAY + day * DAY_MS + Math.round(secondOfDay) * 1000 + offsetHours * HOUR_MS;
}

export const LAST_DAY = dayOf("2026-10-30");
/** Midnight in New York after the last day: everything before it is complete, nothing lies after it. */
export const SAMPLE_START = instantOf(0, 0);
export const SAMPLE_END = instantOf(LAST_DAY + 1, 0);

/** Day index of an instant; off by at most an hour around the clock changes, which nothing here depends on. */
export function dayOfInstant(instant: number): number {
  return Math.floor((instant - SAMPLE_START) / DAY_MS);
}

const dates = new Map<number, string>();
const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

/** ISO instant in UTC of whole seconds; half a million are written, so the date part is remembered. */
export function iso(instant: number): string {
  const dayNumber = Math.floor(instant / DAY_MS);
  let date = dates.get(dayNumber);
  if (date === undefined) {
    date = new Date(instant).toISOString().slice(0, 11);
    dates.set(dayNumber, date);
  }
  const second = Math.floor((instant - dayNumber * DAY_MS) / 1000);
  const hour = TWO_DIGITS[Math.floor(second / 3600)];
  return `${date}${hour}:${TWO_DIGITS[Math.floor(second / 60) % 60]}:${TWO_DIGITS[second % 60]}.000Z`;
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: number): number {
  return new Date(FIRST_DAY + day * DAY_MS).getUTCDay();
}

export const isWeekend = (day: number): boolean => weekdayOf(day) % 6 === 0;

const WEEKDAY_FACTOR = [0.08, 0.98, 1.12, 1.14, 1.06, 0.78, 0.06] as const;

const HOLIDAYS = new Set(
  [
    "2025-05-26",
    "2025-06-19",
    "2025-07-04",
    "2025-09-01",
    "2025-11-27",
    "2025-11-28",
    "2025-12-24",
    "2025-12-25",
    "2025-12-26",
    "2025-12-31",
    "2026-01-01",
    "2026-01-19",
    "2026-02-16",
    "2026-05-25",
    "2026-06-19",
    "2026-07-03",
    "2026-09-07",
  ].map(dayOf),
);

/** Stretches with fewer people at work: [first day, last day, factor]. */
const QUIET: readonly (readonly [number, number, number])[] = [
  [dayOf("2025-07-14"), dayOf("2025-08-22"), 0.82],
  [dayOf("2025-12-22"), dayOf("2026-01-02"), 0.34],
  [dayOf("2026-07-13"), dayOf("2026-08-21"), 0.8],
];

export const isHoliday = (day: number): boolean => HOLIDAYS.has(day);

/** How busy a day is against an ordinary one: weekday, public holiday, summer and Christmas. */
export function activityOf(day: number): number {
  let factor = WEEKDAY_FACTOR[weekdayOf(day)] ?? 1;
  if (isHoliday(day)) factor *= 0.09;
  for (const [from, until, quiet] of QUIET) if (day >= from && day <= until) factor *= quiet;
  return factor;
}

const HOUR_WEIGHT = [1, 1, 0, 0, 0, 0, 1, 3, 8, 16, 22, 22, 13, 17, 21, 21, 18, 11, 5, 3, 3, 3, 3, 2] as const;
const HOUR_TOTAL = HOUR_WEIGHT.reduce<number>((sum, weight) => sum + weight, 0);

/** A second of the working day, with a dip at lunch and few in the night. */
export function workingSecond(random: Random): number {
  let left = random.next() * HOUR_TOTAL;
  for (const [hour, weight] of HOUR_WEIGHT.entries()) {
    left -= weight;
    if (left < 0) return hour * 3600 + random.int(0, 3599);
  }
  return DAY_SECONDS / 2;
}
