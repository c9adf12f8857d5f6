import fc from "fast-check";
import { expect, it } from "vitest";
import { sortWholeNumbers } from "./sort-whole-numbers";

it("puts whole numbers in order, few and many, small and large, and leaves what is behind them", () => {
  const value = fc.oneof(fc.nat(50), fc.nat(2 ** 22), fc.integer({ min: 2 ** 31 - 9, max: 2 ** 31 - 1 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), fc.constantFrom(1, 70), (list, times) => {
      const long = Array.from({ length: times }, (_, turn) => list.map((one) => one ^ turn)).flat();
      const values = Int32Array.from([...long, 5]);
      sortWholeNumbers(values, long.length);
      expect([...values]).toEqual([...long.sort((a, b) => a - b), 5]);
    }),
  );
});
