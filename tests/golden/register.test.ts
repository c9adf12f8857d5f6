import { describe, expect, it } from "vitest";
import { findMetric, listMetrics } from "@/lib/metrics/registry";
import { readGoldenCases } from "./case";
import { BESIDE_THE_REGISTER, REGISTER } from "./register";

const entries = Object.entries(REGISTER);
const groups = new Set(readGoldenCases().map(({ group }) => group));

describe("the metric register", () => {
  it("has all metrics of the specification, and the registry none that it does not know", () => {
    expect(entries).toHaveLength(62);
    const known = new Set([...Object.keys(REGISTER), ...BESIDE_THE_REGISTER]);
    expect(listMetrics().flatMap(({ id }) => (known.has(id) ? [] : id))).toEqual([]);
  });

  it.each(entries.flatMap(([id, entry]) => ("golden" in entry ? [[id, entry.golden] as const] : [])))(
    "%s is counted, by a formula with golden cases (%s), and says where it comes from and what it does not tell",
    (id, golden) => {
      const descriptor = findMetric(id)?.descriptor;
      expect(descriptor?.sources.length).toBeGreaterThan(0);
      expect(descriptor?.caveats.length).toBeGreaterThan(0);
      expect(groups).toContain(golden);
    },
  );

  it.each(entries.flatMap(([id, entry]) => ("missing" in entry ? [[id, entry.missing] as const] : [])))(
    "%s is not counted yet: %s",
    (id, reason) => {
      expect(findMetric(id)).toBeUndefined();
      expect(reason.length).toBeGreaterThan(10);
    },
  );
});
