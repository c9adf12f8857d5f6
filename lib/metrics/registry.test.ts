import { describe, expect, it } from "vitest";
import { CATEGORIES } from "@/lib/core/dimensions";
import { findMetric, listMetrics } from "./registry";

describe("every metric", () => {
  it("has an id of its own", () => {
    const ids = listMetrics().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(findMetric("no_such_metric")).toBeUndefined();
  });

  it.each(listMetrics())("$id says what it is, in sentences", (metric) => {
    expect(metric.question).toMatch(/\?$/);
    expect(metric.definition).toMatch(/\.$/);
    expect(metric.title).toMatch(/^[A-Z]/);
    expect(metric.caveats.every((caveat) => caveat.endsWith("."))).toBe(true);
    expect(metric.dimensions.length).toBeGreaterThan(0);
  });

  it.each(listMetrics().flatMap(({ benchmarks, id }) => benchmarks.map((benchmark) => ({ ...benchmark, metric: id }))))(
    "$metric names the publisher of $low to $high, never a number",
    ({ category, high, low, source }) => {
      expect(source).not.toMatch(/source \d/i);
      expect(low).toBeLessThanOrEqual(high);
      expect(category === null || CATEGORIES.some((word) => word === category)).toBe(true);
    },
  );
});
