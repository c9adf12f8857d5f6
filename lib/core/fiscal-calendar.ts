import { startOfMonth } from "./zoned-time";

/** A month of a fiscal year: `year` is the calendar year that it ends in, `period` 1 is its first month. */
export interface FiscalPeriod {
  year: number;
  period: number;
}

const MONTHS = 12;
const QUARTER = 3;
const HOUR_MS = 3_600_000;

/**
 * The fiscal month that a day lies in (metrics.md 3.4).
 * @param day `2026-04-01`, in the organisation's zone
 * @param startMonth 1..12, the calendar month that the fiscal year begins with
 */
export function fiscalPeriodOf(day: string, startMonth: number): FiscalPeriod {
  const [year, month] = day.split("-").map(Number) as [number, number];
  const period = ((month - startMonth + MONTHS) % MONTHS) + 1;
  return { year: startMonth > 1 && month >= startMonth ? year + 1 : year, period };
}

/**
 * When a period may be closed at the earliest: every pull request of it is old enough for the 7-day rates, and what was
 * said of it had a day to arrive (metrics.md 3.4).
 * @param end the first instant after the period
 */
export function earliestClose(end: Date, windowDays = 7, settleHours = 24): Date {
  return new Date(end.getTime() + (windowDays * 24 + settleHours) * HOUR_MS);
}

/** The first day of the fiscal year that a day lies in. */
export function startOfFiscalYear(day: string, startMonth: number): string {
  return startOfMonth(day, 1 - fiscalPeriodOf(day, startMonth).period);
}

/** The first day of the fiscal quarter that a day lies in. */
export function startOfFiscalQuarter(day: string, startMonth: number): string {
  return startOfMonth(day, -((fiscalPeriodOf(day, startMonth).period - 1) % QUARTER));
}

/** A month as books name it: `FY2027 P01`. @param month `2026-04` */
export function fiscalName(month: string, startMonth: number): string {
  const { period, year } = fiscalPeriodOf(`${month}-01`, startMonth);
  return `FY${year} P${String(period).padStart(2, "0")}`;
}
