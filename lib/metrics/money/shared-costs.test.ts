import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/core/decimal";
import { toMinor } from "@/lib/core/money";
import type { AllocationKey, AssumptionKey } from "@/lib/core/roi-inputs";
import { NOTHING_PAID, type Sharer, shareOut } from "./shared-costs";

const sharer = (weight: string, merged: number, own: Partial<Record<AssumptionKey, string>> = {}): Sharer => ({
  weight: new Decimal(weight),
  merged,
  own: new Map(Object.entries(own).map(([key, value]) => [key as AssumptionKey, new Decimal(value)])),
});
const share = (sharers: Sharer[], more: Partial<Parameters<typeof shareOut>[0]> = {}) =>
  shareOut({ allocation: "pull_requests", amounts: [], paid: NOTHING_PAID, currency: "USD", sharers, ...more });
const fixed = (quantity: string) => ({
  key: "fixedMonthly" as const,
  quantity: new Decimal(quantity),
  unitCost: new Decimal(1),
});
const said = (shares: ReturnType<typeof share>["shares"], key: AssumptionKey) =>
  shares.map((one) => one.said.get(key)?.quantity.toFixed() ?? null);

describe("what is of a whole organisation", () => {
  it("is shared out to the cent, and the cents left over go to the largest fractions", () => {
    const { shares, unallocated } = share([sharer("1", 1), sharer("1", 1), sharer("1", 1)], {
      amounts: [fixed("100")],
      paid: { ...NOTHING_PAID, infrastructure: 200n },
    });
    expect(said(shares, "fixedMonthly")).toEqual(["33.34", "33.33", "33.33"]);
    expect(shares.map(({ paid }) => paid.infrastructure)).toEqual([67n, 67n, 66n]);
    expect(unallocated.said.get("fixedMonthly")?.quantity.toFixed()).toBe("0");
  });

  it("leaves to a team what is said of it, and shares the rest among the others", () => {
    const { shares, unallocated } = share([sharer("3", 3), sharer("9", 9, { fixedMonthly: "40" }), sharer("1", 1)], {
      amounts: [fixed("100")],
    });
    expect(said(shares, "fixedMonthly")).toEqual(["45", null, "15"]);
    expect(unallocated.said.get("fixedMonthly")?.quantity.toFixed()).toBe("0");
  });

  it("stays beside the teams where nothing is allocated, or no team has a part of the key", () => {
    const amounts = [fixed("100"), { key: "pullRequestsPerMonth" as const, quantity: new Decimal(40), unitCost: null }];
    for (const [allocation, weight] of [
      ["none", "5"],
      ["seats", "0"],
    ] as const) {
      const { shares, unallocated } = share([sharer(weight, 3), sharer(weight, 1)], {
        allocation,
        amounts,
        paid: { ...NOTHING_PAID, seats: 1900n },
      });
      expect(said(shares, "fixedMonthly")).toEqual(["0", "0"]);
      expect(unallocated).toMatchObject({ paid: { seats: 1900n } });
      expect(unallocated.said.get("fixedMonthly")).toMatchObject({ quantity: new Decimal(100), part: new Decimal(1) });
      // How many are merged is of whoever merges them.
      expect(said(shares, "pullRequestsPerMonth")).toEqual(["30", "10"]);
    }
  });

  it("comes to the whole, whatever is shared by whatever", () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 }).map((minor) => new Decimal(minor).div(100));
    const weight = fc.integer({ min: 0, max: 5000 }).map((parts) => new Decimal(parts).div(10));
    const team = fc.record({ weight, merged: fc.nat(500), own: fc.option(cents, { freq: 3 }) });
    fc.assert(
      fc.property(
        fc.array(team, { maxLength: 8 }),
        fc.constantFrom<AllocationKey>("pull_requests", "people", "seats", "none"),
        cents,
        cents,
        fc.bigInt({ min: -100_000n, max: 10_000_000n }),
        (teams, allocation, quantity, price, api) => {
          const sharers = teams.map(({ merged, own, weight: of }) => ({
            weight: of,
            merged,
            own: new Map(own === null ? [] : [["seats" as const, own]]),
          }));
          const { shares, unallocated } = share(sharers, {
            allocation,
            amounts: [{ key: "seats", quantity, unitCost: price }],
            paid: { ...NOTHING_PAID, api },
          });
          const all = [...shares, unallocated];
          expect(all.reduce((sum, one) => sum + one.paid.api, 0n)).toBe(api);
          const own = teams.reduce((sum, one) => sum.plus(one.own ?? 0), new Decimal(0));
          const rest = Decimal.max(0, quantity.minus(own));
          const posted = all.map((one) => one.said.get("seats")?.quantity.times(price) ?? new Decimal(0));
          expect(posted.reduce((sum, amount) => sum + toMinor(amount, "USD"), 0n)).toBe(
            toMinor(rest.times(price), "USD"),
          );
        },
      ),
    );
  });
});
