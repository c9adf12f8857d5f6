import { describe, expect, it } from "vitest";
import { metricRow } from "@/tests/factories/metric-row";
import { prepareStackedBars } from "./prepare-stacked-bars";

const week = (bucket: string, authorKind: string, k: number | null, incomplete = false) =>
  metricRow({ bucket, group: { authorKind }, k, value: k, flags: incomplete ? ["incomplete_bucket"] : [] });

describe("prepareStackedBars", () => {
  it("stacks kinds per week in the order of time, automation apart", () => {
    const { series, bars } = prepareStackedBars(
      [
        week("2026-10-12T04:00:00Z", "human", 7),
        week("2026-10-05T04:00:00Z", "agent", 3),
        week("2026-10-05T04:00:00Z", "automation", 40),
        week("2026-10-05T04:00:00Z", "human", 5),
        week("2026-10-12T04:00:00Z", "agent", 2, true),
      ],
      "week",
      "America/New_York",
    );
    expect(series.map(({ key, total }) => [key, total])).toEqual([
      ["agent", 5],
      ["human", 12],
    ]);
    expect(bars).toEqual([
      {
        bucket: "2026-10-05T04:00:00Z",
        lastBucket: "2026-10-05T04:00:00Z",
        tick: "5 Oct",
        label: "Week of 5 Oct 2026",
        values: { agent: 3, human: 5 },
        incomplete: false,
      },
      {
        bucket: "2026-10-12T04:00:00Z",
        lastBucket: "2026-10-12T04:00:00Z",
        tick: "12 Oct",
        label: "Week of 12 Oct 2026",
        values: { human: 7, agent: 2 },
        incomplete: true,
      },
    ]);
  });

  it("counts, where the row also has a rate per week", () => {
    const row = metricRow({ bucket: "2026-09-01T00:00:00Z", group: { authorKind: "agent" }, k: 40, value: 9.33 });
    expect(prepareStackedBars([row], "month", "UTC").bars[0]).toMatchObject({
      tick: "Sep 2026",
      values: { agent: 40 },
    });
  });

  it("has a bar for two pixels at most, each the sum of its neighbours", () => {
    const rows = Array.from({ length: 241 }, (_, index) =>
      week(new Date(Date.UTC(2006, index, 1)).toISOString(), "agent", index === 4 ? null : 2, index === 240),
    );
    const { bars, drawn, merged, series, ticks } = prepareStackedBars(rows, "month", "UTC");
    expect([bars.length, drawn.length, merged]).toEqual([241, 81, 3]);
    expect(drawn[0]).toMatchObject({ label: "Jan 2006 to Mar 2006", tick: "Jan 2006", values: { agent: 6 } });
    expect(drawn[1]?.values).toEqual({ agent: 4 });
    expect(drawn.at(-1)).toMatchObject({ label: "Jan 2026", values: { agent: 2 }, incomplete: true });
    expect(drawn.reduce((sum, { values }) => sum + (values.agent ?? 0), 0)).toBe(series[0]?.total);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(6);
  });

  it("leaves missing data a gap", () => {
    const { bars, series } = prepareStackedBars([week("2026-10-05T00:00:00Z", "agent", null)], "week", "UTC");
    expect(bars[0]?.values).toEqual({ agent: null });
    expect(series[0]?.total).toBe(0);
  });
});
