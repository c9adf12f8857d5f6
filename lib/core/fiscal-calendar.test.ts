import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fiscalName, fiscalPeriodOf, startOfFiscalQuarter, startOfFiscalYear } from "./fiscal-calendar";
import { addDays } from "./zoned-time";

describe("the fiscal calendar", () => {
  it("is the calendar year where it begins in January", () => {
    expect(fiscalPeriodOf("2026-01-01", 1)).toEqual({ year: 2026, period: 1 });
    expect(fiscalPeriodOf("2026-12-31", 1)).toEqual({ year: 2026, period: 12 });
    expect(startOfFiscalQuarter("2026-12-31", 1)).toBe("2026-10-01");
    expect(startOfFiscalQuarter("2026-01-01", 1)).toBe("2026-01-01");
    expect(fiscalName("2026-12", 1)).toBe("FY2026 P12");
  });

  it("is called by the year that it ends in", () => {
    expect(fiscalName("2026-04", 4)).toBe("FY2027 P01");
    expect(fiscalName("2026-03", 4)).toBe("FY2026 P12");
    expect(startOfFiscalYear("2026-03-31", 4)).toBe("2025-04-01");
    expect(startOfFiscalQuarter("2026-01-15", 12)).toBe("2025-12-01");
  });

  it("has every day in a quarter that begins where the fiscal year says so, of three months", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 12 }), (later, start) => {
        const day = addDays("2020-01-01", later);
        const [quarter, year] = [startOfFiscalQuarter(day, start), startOfFiscalYear(day, start)];
        expect(year <= quarter && quarter <= day).toBe(true);
        expect(fiscalPeriodOf(year, start).period).toBe(1);
        expect([1, 4, 7, 10]).toContain(fiscalPeriodOf(quarter, start).period);
        expect(fiscalPeriodOf(day, start).period - fiscalPeriodOf(quarter, start).period).toBeLessThan(3);
        expect(fiscalPeriodOf(day, start).year).toBe(fiscalPeriodOf(year, start).year);
      }),
    );
  });
});
