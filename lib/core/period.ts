import { startOfFiscalQuarter, startOfFiscalYear } from "./fiscal-calendar";
import { addDays, dayOf, startOfDay, startOfMonth, startOfWeek } from "./zoned-time";

/** The periods that a screen offers, relative to where the data ends and never to the reader's clock. */
export const PERIODS = [
  "4w",
  "12w",
  "26w",
  "52w",
  "last-month",
  "quarter",
  "last-quarter",
  "year",
  "last-year",
  "all",
  "custom",
] as const;
export type Period = (typeof PERIODS)[number];

export const PERIOD_LABEL: Record<Period, string> = {
  "4w": "Last 4 weeks",
  "12w": "Last 12 weeks",
  "26w": "Last 26 weeks",
  "52w": "Last 52 weeks",
  "last-month": "Last month",
  quarter: "This quarter",
  "last-quarter": "Last quarter",
  year: "This fiscal year",
  "last-year": "Last fiscal year",
  all: "All data",
  custom: "Custom dates",
};

const WEEKS: Partial<Record<Period, number>> = { "4w": 4, "12w": 12, "26w": 26, "52w": 52 };

/** Above this many weeks a series is read by month. */
const MAX_WEEKS = 112;

export interface PeriodChoice {
  period: Period;
  /** First and last calendar day of a custom period, both inside; null otherwise. */
  from: string | null;
  to: string | null;
}

export interface ResolvedPeriod {
  /** ISO instants, `[from, to)`. */
  from: string;
  to: string;
  /** First and last calendar day inside. */
  firstDay: string;
  lastDay: string;
  grain: "week" | "month";
}

/**
 * Turns a choice into instants. A period of n weeks is the running week and the n − 1 whole ISO weeks before it, so that
 * no bar but the last is cut; the end is just after the watermark, so that a comparison of equal length stays fair.
 * @param fiscalStart 1..12, the calendar month that fiscal years, and with them quarters, begin with
 */
export function resolvePeriod(
  choice: PeriodChoice,
  span: { firstMergedAt: string; latest: string },
  timeZone: string,
  fiscalStart = 1,
): ResolvedPeriod {
  const lastDay = dayOf(span.latest, timeZone);
  const end = new Date(Date.parse(span.latest) + 1);
  const whole = wholeBefore(choice.period, lastDay, fiscalStart);
  if (whole !== null) {
    return bounded(whole.first, whole.last, startOfDay(addDays(whole.last, 1), timeZone), timeZone);
  }
  const firstDay = firstDayOf(choice, lastDay, dayOf(span.firstMergedAt, timeZone), fiscalStart);
  if (choice.period !== "custom" || choice.to === null || choice.to >= lastDay) {
    return bounded(firstDay, lastDay, end, timeZone);
  }
  return bounded(firstDay, choice.to, startOfDay(addDays(choice.to, 1), timeZone), timeZone);
}

/** The month, quarter or fiscal year before the one that the data end in; null for any other period. */
function wholeBefore(period: Period, lastDay: string, fiscalStart: number): { first: string; last: string } | null {
  const before = (begun: string, months: number) => ({ first: startOfMonth(begun, -months), last: addDays(begun, -1) });
  switch (period) {
    case "last-month":
      return before(startOfMonth(lastDay), 1);
    case "last-quarter":
      return before(startOfFiscalQuarter(lastDay, fiscalStart), 3);
    case "last-year":
      return before(startOfFiscalYear(lastDay, fiscalStart), 12);
    default:
      return null;
  }
}

function firstDayOf(choice: PeriodChoice, lastDay: string, earliestDay: string, fiscalStart: number): string {
  if (choice.period === "all") return earliestDay;
  if (choice.period === "quarter") return startOfFiscalQuarter(lastDay, fiscalStart);
  if (choice.period === "year") return startOfFiscalYear(lastDay, fiscalStart);
  if (choice.period === "custom") return choice.from ?? earliestDay;
  return addDays(startOfWeek(lastDay), -7 * ((WEEKS[choice.period] ?? 1) - 1));
}

function bounded(firstDay: string, lastDay: string, end: Date, timeZone: string): ResolvedPeriod {
  // A custom start after the end of the data reads as its last day instead of as a negative period.
  const first = firstDay > lastDay ? lastDay : firstDay;
  const from = startOfDay(first, timeZone);
  const weeks = (end.getTime() - from.getTime()) / (7 * 86_400_000);
  return {
    from: from.toISOString(),
    to: end.toISOString(),
    firstDay: first,
    lastDay,
    grain: weeks > MAX_WEEKS ? "month" : "week",
  };
}

/** The first and the last calendar day of the week or month that begins at an instant. */
export function bucketDays(start: string, grain: "week" | "month", timeZone: string): { first: string; last: string } {
  const first = dayOf(start, timeZone);
  return { first, last: grain === "week" ? addDays(first, 6) : addDays(startOfMonth(first, 1), -1) };
}
