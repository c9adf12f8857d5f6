import { describe, expect, it } from "vitest";
import type { RollbackCurve } from "@/lib/metrics/types";
import { MAX_POINTS } from "./keep-extremes";
import { CURVE_TICKS, prepareCurve } from "./prepare-curve";

const curve = (points: RollbackCurve["points"]): RollbackCurve => ({
  group: {},
  n: points[0]?.atRisk ?? 0,
  k: points.length,
  points,
  p50: null,
  p75: null,
  p90: null,
});
const step = (hours: number, share: number, atRisk = 100) => ({ hours, share, lo: share / 2, hi: share * 2, atRisk });
const series = (key: string, points: RollbackCurve["points"]) => ({
  key,
  label: key,
  color: "green",
  curve: curve(points),
});

describe("prepareCurve", () => {
  it("holds every curve until its next step, also where another one steps", () => {
    const { points } = prepareCurve([
      series("agent", [step(2, 0.01), step(30, 0.02)]),
      series("human", [step(10, 0.005)]),
    ]);
    const at = (hours: number) => points.find((point) => point.hours === hours);
    expect(at(0)).toMatchObject({ "share:agent": 0, "share:human": 0 });
    expect(at(10)).toMatchObject({ "share:agent": 0.01, "share:human": 0.005, "band:agent": [0.005, 0.02] });
    expect(at(720)).toMatchObject({ "share:agent": 0.02, "share:human": 0.005 });
  });

  it("reads the same values into the table twin", () => {
    const { landmarks } = prepareCurve([series("agent", [step(2, 0.01, 240)])]);
    expect(landmarks.map(({ hours }) => hours)).toEqual([...CURVE_TICKS]);
    expect(landmarks[2]?.label.replaceAll("\u00a0", " ")).toBe("1 d");
    expect(landmarks[2]?.cells[0]?.text.replaceAll("\u00a0", " ")).toBe("1.0 % (0.5–2.0 %)");
    expect(landmarks[2]?.cells[0]?.atRisk).toBe("240");
  });

  it("thins more steps than a screen shows and keeps the last", () => {
    const steps = Array.from({ length: 2000 }, (_, index) => step(index / 3, index / 100_000));
    const others = steps.map((point) => ({ ...point, hours: point.hours + 0.1 }));
    const { points } = prepareCurve([series("agent", steps), series("human", others)]);
    expect(points.length).toBeLessThanOrEqual(MAX_POINTS + CURVE_TICKS.length + 2);
    expect(points.at(-1)?.["share:agent"]).toBe(1999 / 100_000);
  });

  it("ends the axis above the band, and draws nothing from nothing", () => {
    expect(prepareCurve([series("agent", [step(1, 0.02)])]).ticks).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
    expect(prepareCurve([series("agent", [])])).toMatchObject({
      series: [],
      ticks: [0, 0.001, 0.002, 0.003, 0.004, 0.005],
    });
  });
});
