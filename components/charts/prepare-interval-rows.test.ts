import { describe, expect, it } from "vitest";
import type { Benchmark } from "@/lib/metrics/types";
import { prepareIntervalRows, type RateReading } from "./prepare-interval-rows";

const keys = [
  { key: "documentation", label: "Documentation" },
  { key: "security_critical", label: "Security-critical" },
];
const reading = (part: Partial<RateReading>): RateReading => ({
  value: null,
  lo: null,
  hi: null,
  k: null,
  n: null,
  immature: 0,
  flags: [],
  ...part,
});
const band = (category: string, low: number, high: number, comparability: Benchmark["comparability"] = "caution") => ({
  id: category,
  low,
  high,
  category,
  source: "A study",
  date: "2025",
  comparability,
});
const prepare = (rates: Record<string, RateReading>, bands: Benchmark[] = []) =>
  prepareIntervalRows(
    keys,
    [{ key: "agent", label: "Agents", color: "green", rates: new Map(Object.entries(rates)) }],
    bands,
  );
const plain = (text: string | null | undefined) => text?.replaceAll("\u00a0", " ");

describe("prepareIntervalRows", () => {
  it("draws a rate with its interval, and says it too", () => {
    const mark = prepare({ documentation: reading({ value: 0.042, lo: 0.024, hi: 0.07, k: 13, n: 312 }) }).rows[0]
      ?.marks[0];
    expect(mark).toMatchObject({ state: "rated", value: 0.042, lo: 0.024, hi: 0.07, words: null, aboveBand: false });
    expect([mark?.rate, mark?.counts, mark?.interval].map(plain)).toEqual([
      "4.2 %",
      "13 of 312",
      "95 % interval 2.4–7.0 %",
    ]);
  });

  it("uses words where a mark would claim too much", () => {
    const { rows } = prepare({
      documentation: reading({ value: 0.2, lo: 0.06, hi: 0.51, k: 2, n: 7, flags: ["few"] }),
      security_critical: reading({ n: 0, k: 0, immature: 3 }),
    });
    expect(rows.map(({ marks }) => [marks[0]?.state, marks[0]?.words, plain(marks[0]?.counts)])).toEqual([
      ["few", "too few to rate", "2 of 7"],
      ["none", "not old enough yet", ""],
    ]);
    expect(prepare({}).rows[0]?.marks[0]?.words).toBe("none merged");
  });

  it("calls a rate above the band only when its whole interval is", () => {
    const bands = [band("documentation", 0.03, 0.05)];
    const above = (lo: number) =>
      prepare({ documentation: reading({ value: 0.09, lo, hi: 0.15, k: 9, n: 100 }) }, bands).rows[0]?.marks[0]
        ?.aboveBand;
    expect([above(0.051), above(0.049)]).toEqual([true, false]);
  });

  it("draws no band that cannot be compared", () => {
    expect(prepare({}, [band("documentation", 0.03, 0.05, "no")]).rows[0]?.band).toBeNull();
  });

  it("ends the axis at a round share, and a small sample's interval does not stretch it", () => {
    const wide = prepare({
      documentation: reading({ value: 0.1, lo: 0.02, hi: 0.6, k: 1, n: 12, flags: ["small_sample"] }),
    });
    expect(wide.max).toBeCloseTo(0.2);
    expect(prepare({}, [band("security_critical", 0.2, 0.28)]).ticks.map(({ label }) => plain(label))).toEqual([
      "0 %",
      "10 %",
      "20 %",
      "30 %",
    ]);
  });

  it("shows no counts for a rate that is not k of n", () => {
    const mark = prepare({ documentation: reading({ value: 0.03, lo: 0.02, hi: 0.04, k: null, n: 900 }) }).rows[0]
      ?.marks[0];
    expect([plain(mark?.rate), mark?.counts]).toEqual(["3.0 %", ""]);
  });

  it("calls a row provisional where more than a fifth is too young", () => {
    const of = (immature: number) => reading({ value: 0.1, lo: 0.05, hi: 0.18, k: 8, n: 80, immature });
    const data = prepare({ documentation: of(20), security_critical: of(21) });
    expect(data.rows.map(({ marks: [mark] }) => plain(mark?.young))).toEqual([undefined, "21 too young"]);
  });
});
