import { describe, expect, it } from "vitest";
import type { Flag } from "@/lib/metrics/types";
import { metricRow } from "@/tests/factories/metric-row";
import { prepareSparkline } from "./prepare-sparkline";

const rows = (values: (number | null)[], lastFlag?: Flag) =>
  values.map((value, index) =>
    metricRow({
      bucket: `2026-10-${String(index + 1).padStart(2, "0")}T00:00:00Z`,
      value,
      flags: lastFlag !== undefined && index === values.length - 1 ? [lastFlag] : [],
    }),
  );

describe("prepareSparkline", () => {
  it("spans the box from the lowest to the highest value", () => {
    expect(prepareSparkline(rows([1, 3, 2]))).toEqual({ runs: ["0,27 60,4 120,15.5"], tail: null, dots: [] });
  });

  it("breaks at a gap and keeps what stands alone", () => {
    const line = prepareSparkline(rows([1, 2, null, 2, null, 1]));
    expect(line?.runs).toHaveLength(1);
    expect(line?.dots.map(({ x }) => x)).toEqual([72, 120]);
  });

  it("sets the bucket that is not over apart", () => {
    const line = prepareSparkline(rows([1, 2, 3], "incomplete_bucket"));
    expect(line).toEqual({ runs: ["0,27 60,15.5"], tail: "60,15.5 120,4", dots: [] });
  });

  it("does not draw rates from fewer than ten", () => {
    expect(prepareSparkline(rows([1, 2], "few"))).toBeNull();
  });

  it("draws no more points than it has pixels, and keeps the lowest and the highest", () => {
    const many = Array.from({ length: 700 }, (_, index) =>
      metricRow({ bucket: new Date(Date.UTC(2020, 0, index)).toISOString(), value: index === 333 ? 50 : index % 7 }),
    );
    const drawn = prepareSparkline(many)?.runs[0]?.split(" ") ?? [];
    expect(drawn.length).toBeGreaterThan(50);
    expect(drawn.length).toBeLessThanOrEqual(96);
    expect(drawn.some((point) => point.endsWith(",4"))).toBe(true);
    expect(drawn.at(-1)).toMatch(/^120,/);
  });

  it("needs two values, and puts equal ones in the middle", () => {
    expect(prepareSparkline(rows([null, 4]))).toBeNull();
    expect(prepareSparkline(rows([4, 4]))?.runs).toEqual(["0,15.5 120,15.5"]);
  });
});
