import { describe, expect, it } from "vitest";
import { metricRow } from "@/tests/factories/metric-row";
import { MAX_POINTS } from "./keep-extremes";
import { prepareTrend, type TrendSeries, trendGrain } from "./prepare-trend";

const week = (index: number) => new Date(Date.UTC(2026, 7, 3 + 7 * index)).toISOString();
const rated = (index: number, k: number, n: number, part: Parameters<typeof metricRow>[0] = {}) =>
  metricRow({ bucket: week(index), k, n, value: k / n, lo: Math.max(0, k / n - 0.02), hi: k / n + 0.02, ...part });
const agents = (rows: TrendSeries["rows"]): TrendSeries => ({ key: "agent", label: "Agents", color: "green", rows });
const plain = (text: string | null | undefined) => text?.replaceAll("\u00a0", " ");

describe("prepareTrend", () => {
  it("reads each bucket of each series", () => {
    const people: TrendSeries = { key: "people", label: "People", color: "grey", rows: [rated(1, 1, 50)] };
    const { points, series } = prepareTrend([agents([rated(0, 4, 100), rated(1, 2, 100)]), people], "week", "UTC");
    expect(series.map(({ key }) => key)).toEqual(["agent", "people"]);
    expect(points.map(({ index, tick, label }) => [index, tick, label])).toEqual([
      [0, "3 Aug", "Week of 3 Aug 2026"],
      [1, "10 Aug", "Week of 10 Aug 2026"],
    ]);
    const [first] = points[0]?.readings ?? [];
    expect([plain(first?.rate), plain(first?.counts), plain(first?.interval)]).toEqual([
      "4.0 %",
      "4 of 100",
      "2.0–6.0 %",
    ]);
    expect(points[0]?.readings[1]).toMatchObject({ state: "none", value: null, counts: "none merged" });
  });

  it("draws no more points than there are pixels, and keeps the peak", () => {
    const rows = Array.from({ length: 1000 }, (_, index) => rated(index, index === 517 ? 9 : 1, 100));
    const { drawn, points } = prepareTrend([agents(rows)], "week", "UTC");
    expect(points).toHaveLength(1000);
    expect(drawn.length).toBeLessThanOrEqual(MAX_POINTS);
    expect(drawn.map(({ index }) => index)).toEqual(expect.arrayContaining([0, 517, 999]));
  });

  it("leaves a gap where nothing was merged and where there are too few to rate", () => {
    const few = rated(1, 1, 5, { flags: ["few"] });
    const { points } = prepareTrend(
      [agents([rated(0, 1, 40), few, metricRow({ bucket: week(2), n: 0 })])],
      "week",
      "UTC",
    );
    expect(points.map(({ readings: [reading] }) => [reading?.state, reading?.value, plain(reading?.counts)])).toEqual([
      ["rated", 0.025, "1 of 40"],
      ["few", null, "1 of 5"],
      ["none", null, "none merged"],
    ]);
  });

  it("dashes a small sample and the steps to its neighbours", () => {
    const rows = [rated(0, 1, 40), rated(1, 1, 20, { flags: ["small_sample"] }), rated(2, 2, 40), rated(3, 2, 40)];
    const { points } = prepareTrend([agents(rows)], "week", "UTC");
    expect(points.map(({ readings: [reading] }) => reading?.dashed)).toEqual([0.025, 0.05, 0.05, null]);
  });

  it("hatches what is provisional and says how many are too young", () => {
    const rows = [
      rated(0, 1, 40),
      rated(1, 1, 40, { immature: 3, flags: ["provisional"] }),
      metricRow({ bucket: week(2), n: 0, immature: 41, flags: ["provisional"], reason: "too young" }),
    ];
    const { hatched, points } = prepareTrend([agents(rows)], "week", "UTC");
    expect(hatched).toEqual([{ from: 1, to: 3 }]);
    expect(points.map(({ young }) => plain(young))).toEqual([
      undefined,
      "3 pull requests too young",
      "41 pull requests too young",
    ]);
    expect(points[2]?.readings[0]).toMatchObject({ value: null, counts: "not old enough" });
  });

  it("does not let the interval of a small sample flatten the axis", () => {
    const small = rated(1, 1, 12, { lo: 0.01, hi: 0.6, flags: ["small_sample"] });
    const { points, ticks } = prepareTrend([agents([rated(0, 1, 40), small])], "week", "UTC");
    const top = ticks.at(-1) ?? 1;
    expect(top).toBeLessThan(0.3);
    expect(points[1]?.readings[0]).toMatchObject({ band: [0.01, top], interval: "1–60\u00a0%" });
  });

  it("is empty without rows", () => {
    expect(prepareTrend([agents([])], "month", "UTC")).toMatchObject({ points: [], hatched: [] });
  });
});

describe("trendGrain", () => {
  const weeks = (count: number, n: number) => ({ rows: Array.from({ length: count }, (_, i) => rated(i, 1, n)) });

  it("reads by week where weeks hold enough", () => {
    expect(trendGrain([weeks(12, 30), weeks(12, 90)])).toBe("week");
  });

  it("reads by month where most weeks of a series hold too few", () => {
    expect(trendGrain([weeks(12, 90), weeks(12, 29)])).toBe("month");
  });

  it("stays with weeks in a short period, and where a series is empty", () => {
    expect(trendGrain([weeks(7, 5)])).toBe("week");
    expect(trendGrain([weeks(12, 90), { rows: [] }])).toBe("week");
  });
});
