import { describe, expect, it } from "vitest";
import { COST_BASIS_CODE } from "@/lib/core/dimensions";
import { withPrecedence } from "./cost-precedence";

type Entry = [day: string, basis: keyof typeof COST_BASIS_CODE, amount: number, provider?: string, item?: number];

/** Which entries count, by their place in the list. */
function counted(entries: readonly Entry[]): boolean[] {
  const numbers = entries.map(([day]) => Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  const days = new Map(
    [...new Set(numbers)].map((number) => {
      const own = entries.filter((_, index) => numbers[index] === number);
      return [
        number,
        {
          items: Uint8Array.from(own.map(([, , , , item = 1]) => item)),
          providers: own.map(([, , , provider = "anthropic"]) => provider),
          amounts: Float64Array.from(own.map(([, , amount]) => amount)),
          bases: Uint8Array.from(own.map(([, basis]) => COST_BASIS_CODE[basis])),
          counted: null,
        },
      ] as const;
    }),
  );
  const known = withPrecedence(days);
  const seen = new Map<number, number>();
  return numbers.map((number) => {
    const place = seen.get(number) ?? 0;
    seen.set(number, place + 1);
    return known.get(number)?.counted?.[place] !== 0;
  });
}

describe("of the same cost", () => {
  it("everything counts that was billed, and what nobody billed", () => {
    expect(counted([["2026-03-01", "billed", 5]])).toEqual([true]);
    expect(
      counted([
        ["2026-03-01", "estimated", 5],
        ["2026-03-02", "metered", 6],
      ]),
    ).toEqual([true, true]);
  });

  it("an invoice of one day is the bill of its month, and of no other", () => {
    expect(
      counted([
        ["2026-02-28", "estimated", 1],
        ["2026-03-01", "estimated", 1],
        ["2026-03-05", "billed", 90],
        ["2026-03-31", "metered", 1],
        ["2026-04-01", "estimated", 1],
      ]),
    ).toEqual([true, false, true, false, true]);
  });

  it("a bill by day covers the month up to its last day", () => {
    expect(
      counted([
        ["2026-03-01", "estimated", 1],
        ["2026-03-02", "billed", 2],
        ["2026-03-04", "billed", 2],
        ["2026-03-03", "estimated", 1],
        ["2026-03-05", "estimated", 1],
      ]),
    ).toEqual([false, true, true, false, true]);
  });

  it("what was metered stands before the estimate of its day", () => {
    expect(
      counted([
        ["2026-03-01", "estimated", 1],
        ["2026-03-01", "metered", 2],
        ["2026-03-02", "estimated", 1],
      ]),
    ).toEqual([false, true, true]);
  });

  it("is what the same provider is paid for the same, however its name is written", () => {
    expect(
      counted([
        ["2026-03-05", "billed", 9, "Anthropic"],
        ["2026-03-01", "estimated", 1, "anthropic"],
        ["2026-03-01", "estimated", 1, "openai"],
        ["2026-03-01", "estimated", 1, "anthropic", 2],
      ]),
    ).toEqual([true, false, true, true]);
  });

  it("a bill that was taken back, or gives money back, is none", () => {
    expect(
      counted([
        ["2026-03-05", "billed", 9],
        ["2026-03-05", "billed", -9],
        ["2026-03-06", "billed", -2],
        ["2026-03-01", "estimated", 1],
      ]),
    ).toEqual([true, true, true, true]);
  });
});
