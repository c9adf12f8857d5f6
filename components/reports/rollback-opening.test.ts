import { describe, expect, it } from "vitest";
import type { StandardisedComparison } from "@/lib/metrics/types";
import { metricRow } from "@/tests/factories/metric-row";
import { type RollbackOpeningInput, rollbackOpening } from "./rollback-opening";

type Arm = StandardisedComparison["arms"][number];
const arm = (name: Arm["arm"], n: number, value: number): Arm => ({
  arm: name,
  crude: { value, lo: 0, hi: 1, k: 1, n },
  standardised: { value, lo: 0, hi: 1 },
  dropped: 0,
});
const comparison = (lo: number | null, people = 900): StandardisedComparison => ({
  arms: [arm("agent", 1197, 0.041), arm("human", people, 0.021)],
  difference: { value: lo === null ? null : 0.02, lo, hi: 0.035, method: "mover" },
  cells: { used: 12, dropped: 0 },
  immature: 0,
});
const read = (input: Partial<RollbackOpeningInput>) => {
  const opening = rollbackOpening({
    subject: { name: "Agents", theirs: "theirs" },
    within24h: metricRow({ value: 0.022, lo: 0.017, hi: 0.028, k: 27, n: 1230 }),
    within7d: metricRow({ value: 0.041, lo: 0.031, hi: 0.054, k: 49, n: 1197 }),
    comparison: null,
    ...input,
  });
  const headline = opening.headline.map((part) => (typeof part === "string" ? part : part.figure)).join("");
  return `${headline} | ${opening.lede.join(" ")}`.replaceAll("\u00a0", " ");
};

describe("rollbackOpening", () => {
  it("says both windows and the interval", () => {
    expect(read({})).toBe(
      "4.1 % of pull requests by agents were rolled back within seven days, 2.2 % already within 24 hours. | " +
        "The 95 % interval is 3.1–5.4 %, from 1,197 pull requests.",
    );
  });

  it("compares only at the same mix, and only beyond chance", () => {
    expect(read({ comparison: comparison(0.005) })).toContain(
      "At the same mix of work the difference is +2.0 pp: 4.1 % for agents, 2.1 % for people.",
    );
    expect(read({ comparison: comparison(-0.01) })).toContain("do not differ by more than chance");
    expect(read({ comparison: comparison(0.005, 12) })).toContain("too little work of one side");
    expect(read({ comparison: comparison(null) })).not.toContain("mix");
  });

  it("uses words for few, for none and for too young", () => {
    expect(read({ within7d: metricRow({ value: 0.25, lo: 0.1, hi: 0.6, k: 2, n: 8, flags: ["few"] }) })).toBe(
      "Agents: 2 of 8 pull requests rolled back within seven days. | 8 pull requests old enough are too few to give a rate.",
    );
    expect(read({ within7d: metricRow({ value: 0, lo: 0, hi: 0.04, k: 0, n: 94 }) })).toContain(
      "none of 94 pull requests",
    );
    expect(read({ within7d: metricRow({ n: 0, immature: 3 }) })).toContain("Nothing of this period is old enough");
    expect(read({ within7d: metricRow({}) })).toContain("Agents merged no pull requests");
  });
});
