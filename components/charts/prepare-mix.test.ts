import { describe, expect, it } from "vitest";
import { CATEGORIES, CATEGORY_LABEL } from "@/lib/core/dimensions";
import { metricRow } from "@/tests/factories/metric-row";
import { prepareMix as prepare } from "./prepare-mix";

const prepareMix = (rows: Parameters<typeof prepare>[0]) =>
  prepare(rows, { dimension: "category", words: CATEGORIES, labels: CATEGORY_LABEL });

describe("prepareMix", () => {
  it("keeps the order of the vocabulary and scales to the longest", () => {
    const bars = prepareMix([
      metricRow({ group: { category: "test_generation" }, value: 0.25, k: 25, n: 100 }),
      metricRow({ group: { category: "documentation" }, value: 0.5, k: 50, n: 100 }),
    ]);
    expect(bars.map(({ word }) => word)).toEqual([...CATEGORIES]);
    expect(bars[1]).toEqual({
      word: "test_generation",
      label: "Test generation",
      length: 0.5,
      share: "25.0\u00a0%",
      count: "25",
    });
  });

  it("counts only, where there are too few for a percentage", () => {
    const [bar] = prepareMix([
      metricRow({ group: { category: "documentation" }, value: 0.5, k: 3, n: 6, flags: ["few"] }),
    ]);
    expect(bar).toMatchObject({ share: "", count: "3" });
  });

  it("has no bars of nothing", () => {
    expect(prepareMix([]).every(({ length, count }) => length === 0 && count === "0")).toBe(true);
  });
});
