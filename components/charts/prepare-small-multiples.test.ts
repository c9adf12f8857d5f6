import { expect, it } from "vitest";
import { metricRow } from "@/tests/factories/metric-row";
import { prepareSmallMultiples } from "./prepare-small-multiples";

const row = (bucket: string, value: number | null, flags: "few"[] = []) => metricRow({ bucket, value, flags });
const series = (rows: Record<string, ReturnType<typeof row>[]>) => ({
  key: "agents",
  color: "green",
  rows: new Map(Object.entries(rows)),
});

it("draws each on the scale and over the buckets of all, with gaps where there is too little", () => {
  const { charts, max } = prepareSmallMultiples(
    ["a", "b", "c"],
    [
      series({
        a: [row("2026-01", 0), row("2026-02", 5), row("2026-03", 10)],
        b: [row("2026-01", 10), row("2026-02", 9, ["few"]), row("2026-03", null)],
      }),
    ],
  );
  expect(max).toBe(10);
  expect(charts.map(({ lines }) => lines[0]?.runs)).toEqual([["0,39 60,20 120,1"], [], []]);
  expect(charts[1]?.lines[0]?.dots).toEqual([{ x: 0, y: 1 }]);
});

it("cuts what would flatten all the others", () => {
  const usual = Array.from({ length: 20 }, (_, index) => row(`2026-01-${10 + index}`, 10));
  const { charts, max } = prepareSmallMultiples(["a", "b"], [series({ a: usual, b: [row("2026-01-10", 500)] })]);
  expect(max).toBe(15);
  expect(charts[1]?.lines[0]?.dots).toEqual([{ x: 0, y: 1 }]);
});

it("has nothing to draw of nothing", () => {
  expect(prepareSmallMultiples(["a"], [series({})]).charts).toEqual([
    { key: "a", lines: [{ key: "agents", color: "green", runs: [], dots: [] }] },
  ]);
});
