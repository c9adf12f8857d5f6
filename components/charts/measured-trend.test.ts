import { describe, expect, it } from "vitest";
import { metricRow } from "@/tests/factories/metric-row";
import { measuredTrend } from "./measured-trend";
import { prepareTrend, type TrendSeries } from "./prepare-trend";

const week = (index: number) => new Date(Date.UTC(2026, 7, 3 + 7 * index)).toISOString();
const agents = (rows: TrendSeries["rows"]): TrendSeries => ({ key: "agent", label: "Agents", color: "green", rows });
const plain = (text: string | null | undefined) => text?.replaceAll("\u00a0", " ");

describe("a trend of times", () => {
  const hours = (index: number, value: number | null, part: Parameters<typeof metricRow>[0] = {}) =>
    metricRow({
      bucket: week(index),
      value,
      n: 40,
      k: null,
      lo: value === null ? null : value / 2,
      hi: value === null ? null : value * 4,
      ...part,
    });

  it("writes them as times, with n, and draws what is known", () => {
    const rows = [
      hours(0, 5 * 3600),
      hours(1, 3600, { n: 12, flags: ["small_sample"] }),
      hours(2, 1800, { n: 4, flags: ["few"] }),
      hours(3, null, { n: 9, reason: "not known yet: fewer than half of 9 pull requests have come that far" }),
    ];
    const { points } = prepareTrend([agents(rows)], "week", "UTC", measuredTrend("seconds"));
    expect(
      points.map(({ readings: [reading] }) => [
        reading?.state,
        reading?.value,
        plain(reading?.rate),
        plain(reading?.counts),
      ]),
    ).toEqual([
      ["rated", 18_000, "5 h", "n 40"],
      ["small", 3600, "1 h", "n 12"],
      ["few", null, "30 m", "n 4"],
      ["none", null, "", "not known yet: fewer than half of 9 pull requests have come that far"],
    ]);
  });

  it("marks whole hours, and does not let one wide interval flatten the rest", () => {
    const { ticks } = prepareTrend([agents([hours(0, 5 * 3600)])], "week", "UTC", measuredTrend("seconds"));
    expect(ticks.map((tick) => tick / 3600)).toEqual([0, 2, 4, 6, 8]);
  });
});
