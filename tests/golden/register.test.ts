import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findMetric, listMetrics } from "@/lib/metrics/registry";
import { readGoldenCases } from "./case";
import { BESIDE_THE_REGISTER, REGISTER } from "./register";

const entries = Object.entries(REGISTER);
const groups = new Set(readGoldenCases().map(({ group }) => group));
const specification = path.resolve(import.meta.dirname, "../../../shared/design/metrics_register.json");

describe("the metric register", () => {
  it("has all metrics of the specification, and the registry none that it does not know", () => {
    expect(entries).toHaveLength(62);
    expect(
      listMetrics()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...Object.keys(REGISTER), ...BESIDE_THE_REGISTER].sort());
  });

  it.skipIf(!existsSync(specification))("is the specification’s (skipped where ../shared is absent)", () => {
    const metrics = z.array(z.object({ key: z.string() })).parse(JSON.parse(readFileSync(specification, "utf8")));
    expect(metrics.map(({ key }) => key).sort()).toEqual(Object.keys(REGISTER).sort());
  });

  it.each(entries)(
    "%s is counted, by a formula with golden cases (%s), and says where it comes from and what it does not tell",
    (id, golden) => {
      const descriptor = findMetric(id)?.descriptor;
      expect(descriptor?.sources.length).toBeGreaterThan(0);
      expect(descriptor?.caveats.length).toBeGreaterThan(0);
      expect(groups).toContain(golden);
    },
  );
});
