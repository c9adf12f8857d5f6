import fc from "fast-check";
import { expect, it } from "vitest";
import { firstRows, type RowOrder, rankOf } from "./first-rows";

const MISSING = -99;

/** Values by row; rows of one value are ordered by their number. */
function orderOf(values: readonly (number | null)[], way: 1 | -1): RowOrder {
  return {
    values: Int32Array.from(values, (value) => value ?? MISSING),
    missing: MISSING,
    way,
    compare: (a, b) => way * (a - b),
  };
}

function naive(values: readonly (number | null)[], way: 1 | -1): number[] {
  return values
    .map((value, row) => ({ value, row }))
    .sort((a, b) => {
      if (a.value === b.value) return way * (a.row - b.row);
      if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
      return way * (a.value - b.value);
    })
    .map(({ row }) => row);
}

/** Page after page, each from where the one before ended. */
function paged(values: readonly (number | null)[], way: 1 | -1, limit: number, isSorted: boolean): number[] {
  const order = orderOf(values, way);
  const seen: number[] = [];
  for (;;) {
    const rows = Uint32Array.from(values, (_, row) => row);
    const last = seen.at(-1);
    const start =
      last === undefined ? null : { rank: rankOf(order, last), follows: (row: number) => order.compare(row, last) > 0 };
    const page = firstRows({ rows, backwards: way === -1, isSorted }, order, start, limit);
    if (page.length === 0) return seen;
    seen.push(...page);
  }
}

const way = fc.constantFrom(1 as const, -1 as const);
const limit = fc.integer({ min: 1, max: 9 });

it("gives every row once and in order, missing values last", () => {
  const values = fc.array(fc.option(fc.integer({ min: -3, max: 9 }), { nil: null }), { maxLength: 60 });
  fc.assert(
    fc.property(values, way, limit, (list, direction, size) => {
      expect(paged(list, direction, size, false)).toEqual(naive(list, direction));
    }),
  );
});

it("stops early and starts late where the rows are sorted already, with the same answer", () => {
  const sorted = fc.array(fc.nat(9), { maxLength: 60 }).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(sorted, way, limit, (list, direction, size) => {
      expect(paged(list, direction, size, true)).toEqual(naive(list, direction));
    }),
  );
});
