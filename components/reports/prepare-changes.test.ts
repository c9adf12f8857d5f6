import { describe, expect, it } from "vitest";
import { metricRow } from "@/tests/factories/metric-row";
import { type ChangeSource, prepareChanges } from "./prepare-changes";

type Case = { team: string; k: number; n: number; was: [number, number]; change: [number, number, number] };
const source = (cases: Case[]): ChangeSource => ({
  dimension: "team",
  rows: cases.map(({ team, k, n, change: [value, lo, hi] }) =>
    metricRow({ group: { team }, k, n, value: k / n, change: { value, lo, hi, method: "newcombe" } }),
  ),
  before: cases.map(({ team, was: [k, n] }) => metricRow({ group: { team }, k, n, value: k / n })),
  nameOf: (value) => value.toUpperCase(),
});

describe("prepareChanges", () => {
  it("puts what is beyond chance first, the surest of it on top", () => {
    const { items, compared } = prepareChanges({ direction: "lower" }, [
      source([
        { team: "chance", k: 9, n: 52, was: [4, 47], change: [0.2, -0.01, 0.41] },
        { team: "sure", k: 9, n: 520, was: [40, 470], change: [-0.07, -0.1, -0.05] },
        { team: "wide", k: 9, n: 52, was: [2, 47], change: [0.13, 0.001, 0.26] },
      ]),
    ]);
    expect(compared).toBe(3);
    expect(items.map(({ value, tone, beyondChance }) => [value, tone, beyondChance])).toEqual([
      ["sure", "good", true],
      ["wide", "bad", true],
      ["chance", "flat", false],
    ]);
    expect(items[1]?.text.replaceAll("\u00a0", " ")).toBe("rolled back 9 of 52, was 2 of 47");
    expect(items[1]?.difference.replaceAll("\u00a0", " ")).toBe("+13.0 pp");
    expect(items[1]?.name).toBe("WIDE");
  });

  it("ranks nothing with fewer than 30 on a side", () => {
    const few = source([
      { team: "a", k: 9, n: 29, was: [2, 470], change: [0.3, 0.1, 0.5] },
      { team: "b", k: 9, n: 290, was: [2, 29], change: [0.3, 0.1, 0.5] },
    ]);
    expect(prepareChanges({ direction: "lower" }, [few])).toEqual({ items: [], compared: 0 });
  });

  it("shows five", () => {
    const many = source(
      Array.from({ length: 8 }, (_, index) => ({
        team: `t${index}`,
        k: 9,
        n: 90,
        was: [2, 90] as [number, number],
        change: [0.08, 0.01, 0.15] as [number, number, number],
      })),
    );
    const { items, compared } = prepareChanges({ direction: "lower" }, [many]);
    expect([items.length, compared]).toEqual([5, 8]);
  });
});
