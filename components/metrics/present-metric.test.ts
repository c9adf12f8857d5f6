import { describe, expect, it } from "vitest";
import type { MetricDescriptor } from "@/lib/metrics/types";
import { metricRow } from "@/tests/factories/metric-row";
import { formatMetricValue } from "./format-metric";
import { presentMetric, toneOf } from "./present-metric";

const descriptor = (part: Partial<MetricDescriptor>): MetricDescriptor => ({
  id: "rollback_rate_7d",
  version: 1,
  title: "Rolled back within 7 days",
  shortTitle: "Rolled back, 7 d",
  question: "",
  definition: "",
  formula: "",
  unit: "proportion",
  direction: "lower",
  additive: false,
  windowSeconds: 604_800,
  interval: "Wilson, 95 %",
  dimensions: [],
  chart: "interval",
  exportColumn: "",
  caveats: [],
  sources: [],
  benchmarks: [],
  ...part,
});
const rate = descriptor({});
const count = descriptor({ id: "agent_prs_merged", unit: "count", direction: "context" });
const read = (...[of, row, before]: Parameters<typeof presentMetric>) => {
  const { value, unit, change, basis } = presentMetric(of, row, before);
  const text = change === null ? "" : [change.text, change.words].filter((part) => part !== null).join(", ");
  return [value, unit, change?.tone ?? "", text, basis.join(" · ")].map((part) => part.replaceAll("\u00a0", " "));
};
const full = metricRow({ value: 0.041, lo: 0.031, hi: 0.054, k: 49, n: 1197 });

describe("presentMetric", () => {
  it("gives a rate with interval, n and the change that is more than chance", () => {
    const row = metricRow({ ...full, change: { value: 0.016, lo: 0.002, hi: 0.03, method: "newcombe" } });
    expect(read(rate, row, full)).toEqual(["4.1 %", "", "bad", "+1.6 pp", "3.1–5.4 % · n 1,197"]);
  });

  it("colours no change within chance", () => {
    const row = metricRow({ ...full, change: { value: -0.004, lo: -0.02, hi: 0.011, method: "newcombe" } });
    expect(read(rate, row, full)).toEqual(["4.1 %", "", "flat", "−0.4 pp, within chance", "3.1–5.4 % · n 1,197"]);
  });

  it("says few as k of n, and does not compare small samples", () => {
    expect(read(rate, metricRow({ value: 0.28, lo: 0.1, hi: 0.6, k: 2, n: 7, flags: ["few"] }), undefined)).toEqual([
      "2 of 7",
      "",
      "",
      "",
      "too few to rate",
    ]);
    const small = metricRow({
      ...full,
      n: 20,
      flags: ["small_sample"],
      change: { value: 0.1, lo: 0.01, hi: 0.2, method: "newcombe" },
    });
    expect(read(rate, small, full)).toEqual(["4.1 %", "", "", "", "3.1–5.4 % · n 20 · small sample"]);
  });

  it("marks a bound, counts with what it was, and says why a value is missing", () => {
    expect(read(rate, metricRow({ ...full, flags: ["lower_bound"] }), undefined)[0]).toBe("≥ 4.1 %");
    expect(read(count, metricRow({ value: 1284 }), metricRow({ value: 1088 }))).toEqual([
      "1,284",
      "PRs",
      "flat",
      "+18 %",
      "on 1,088",
    ]);
    expect(read(rate, metricRow({ reason: "no pull requests" }), undefined)).toEqual([
      "–",
      "",
      "",
      "",
      "no pull requests",
    ]);
    expect(read(rate, undefined, undefined)[4]).toBe("no data");
  });

  it("does not compare counts of which some are too young", () => {
    const safe = descriptor({ id: "effective_safe_prs", unit: "count", direction: "higher" });
    expect(read(safe, metricRow({ value: 1602, immature: 165 }), metricRow({ value: 1674 }))).toEqual([
      "1,602",
      "PRs",
      "",
      "",
      "165 too young to count",
    ]);
  });

  it("says of what happens by chance whether it is more than that, and of how many repositories it is told", () => {
    const incidents = descriptor({ id: "incidents_per_quarter", unit: "incidents", direction: "lower" });
    const some = metricRow({ value: 32, lo: 22, hi: 45, told: { repositories: 9, of: 12 } });
    expect(read(incidents, some, metricRow({ value: 23, lo: 15, hi: 35 }))).toEqual([
      "32",
      "",
      "flat",
      "+39 %, within chance",
      "22–45 · 9 of 12 repositories",
    ]);
    expect(read(incidents, some, metricRow({ value: 12, lo: 6, hi: 21 }))[2]).toBe("bad");
  });

  it("says how much of the work nobody told of, where that is more than a little", () => {
    const basis = (excluded: Record<string, number>) => read(rate, metricRow({ ...full, excluded }), undefined)[4];
    expect(basis({ unknown_reviews: 399, not_reviewed: 900 })).toBe("3.1–5.4 % · n 1,197 · 25 % not known");
    expect(basis({ unknown_reviews: 40, unknown_flow: 30 })).toBe("3.1–5.4 % · n 1,197 · 6 % not known");
    expect(basis({ unknown_reviews: 50, not_deployed: 5000 })).toBe("3.1–5.4 % · n 1,197");
  });

  it("does not take a ratio of lines for k of n", () => {
    expect(read(rate, metricRow({ value: 0.4, n: 7, flags: ["few"] }), undefined)).toEqual([
      "–",
      "",
      "",
      "",
      "too few to rate, n 7",
    ]);
  });
});

describe("formatMetricValue and toneOf", () => {
  it("writes each unit its own way", () => {
    const write = (unit: MetricDescriptor["unit"], value: number) =>
      formatMetricValue({ unit }, value).replaceAll("\u00a0", " ");
    expect([write("per_week", 98.66), write("per_week", 512.4), write("hours", 5.2), write("seconds", 5400)]).toEqual([
      "98.7",
      "512",
      "5 h 12 m",
      "1 h 30 m",
    ]);
    expect([write("count", 1284), write("lines", 90_001)]).toEqual(["1,284", "90,001"]);
    expect([write("per_day", 14.62), write("incidents", 1032)]).toEqual(["14.6", "1,032"]);
  });

  it("judges by the metric's own direction", () => {
    expect(toneOf({ direction: "lower" }, 1)).toBe("bad");
    expect(toneOf({ direction: "higher" }, 1)).toBe("good");
    expect(toneOf({ direction: "context" }, 1)).toBe("flat");
  });
});
