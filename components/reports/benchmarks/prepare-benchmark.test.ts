import { describe, expect, it } from "vitest";
import type { BenchmarkItem } from "@/lib/metrics/benchmarks/types";
import { metricRow } from "@/tests/factories/metric-row";
import { ownRow, prepareBenchmark } from "./prepare-benchmark";

const item = (more: Partial<BenchmarkItem> = {}): BenchmarkItem => ({
  id: "001-40",
  source: { title: "Benchmarked", publisher: "Somebody", date: "2025", kind: "vendor" },
  topic: "rollback",
  says: "Rolled back",
  metric: "rollback_rate_7d",
  group: null,
  low: 10,
  high: 20,
  unit: "%",
  before: null,
  after: null,
  comparability: "caution",
  contradiction: null,
  ...more,
});
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("a published figure", () => {
  it("is a band on an axis from nothing, and the own value a point with its interval", () => {
    const row = metricRow({ value: 0.05, lo: 0.04, hi: 0.06, n: 500, k: 25 });
    const { band, figure, own } = prepareBenchmark(item(), row);
    expect(plain(figure)).toBe("10–20 %");
    expect(band).toEqual({ from: 10 / 22, to: 20 / 22 });
    expect(own?.at).toBeCloseTo(5 / 22, 12);
    expect(own?.lo).toBeCloseTo(4 / 22, 12);
    expect(own?.hi).toBeCloseTo(6 / 22, 12);
  });

  it("is held against times in its own unit", () => {
    const row = metricRow({ value: 1800, lo: null, hi: null, n: 50 });
    const { own } = prepareBenchmark(item({ unit: "min", low: 5, high: 15 }), row);
    expect(own).toEqual({ at: 30 / 33, lo: 30 / 33, hi: 30 / 33 });
  });

  it("is text alone where it cannot be compared, or nothing of the kind is counted", () => {
    for (const more of [{ comparability: "no" as const }, { metric: null }, { low: -16, high: -16 }]) {
      expect(prepareBenchmark(item(more), metricRow({ value: 0.05, n: 500 }))).toMatchObject({ band: null, own: null });
    }
  });

  it("stands alone where the own value is of few, or unknown", () => {
    expect(prepareBenchmark(item(), metricRow({ value: 0.5, n: 4, k: 2, flags: ["few"] })).own).toBeNull();
    expect(prepareBenchmark(item(), metricRow({ value: null })).own).toBeNull();
    expect(prepareBenchmark(item(), undefined).band).toEqual({ from: 10 / 22, to: 20 / 22 });
  });

  it.each([
    [{ before: 8.4, after: 11.2, unit: "a day" }, "8.4 → 11.2 a day"],
    [{ low: 3, high: 5, unit: "×" }, "3–5×"],
    [{ low: 0.15, high: 1.2, unit: "$ a pull request" }, "$0.15–$1.20 a pull request"],
    [{ low: 465_000, high: 465_000, unit: "$ a month" }, "$465,000 a month"],
    [{ low: 28, high: 28 }, "28 %"],
  ])("%j is written %s", (more, text) => {
    expect(plain(prepareBenchmark(item(more), undefined).figure)).toBe(text);
  });
});

it("is held against the row of its task or its cause", () => {
  const answers = {
    whole: [metricRow({ value: 0.1 })],
    category: [metricRow({ value: 0.2, group: { category: "documentation" } })],
    cause: [metricRow({ value: 0.3, group: { cause: "scope_creep" } })],
  };
  expect(ownRow(item(), answers)?.value).toBe(0.1);
  expect(ownRow(item({ group: { category: "documentation" } }), answers)?.value).toBe(0.2);
  expect(ownRow(item({ group: { cause: "scope_creep" } }), answers)?.value).toBe(0.3);
  expect(ownRow(item({ group: { cause: "other" } }), answers)).toBeUndefined();
  expect(ownRow(item({ metric: null }), answers)).toBeUndefined();
});
