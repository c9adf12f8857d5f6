import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSort, type SortValue, sortRows } from "./sort-rows";

const values = (rows: readonly { value: SortValue }[], desc: boolean) =>
  sortRows(rows, ({ value }) => value, desc).map(({ value }) => value);
const rowsOf = (...list: SortValue[]) => list.map((value) => ({ value }));

describe("sortRows", () => {
  it("sorts numbers by size and words as a reader does", () => {
    expect(values(rowsOf(10, 9, -1), false)).toEqual([-1, 9, 10]);
    expect(values(rowsOf("team 10", "Team 2", "ärger", "b"), false)).toEqual(["ärger", "b", "Team 2", "team 10"]);
  });

  it("keeps missing values last in either direction, and the order of equals", () => {
    expect(values(rowsOf(null, 1, null, 2), true)).toEqual([2, 1, null, null]);
    const rows = [
      { value: 1, name: "a" },
      { value: 1, name: "b" },
    ];
    expect(sortRows(rows, ({ value }) => value, true)).toEqual(rows);
  });

  it("loses no row and leaves what it was given as it is", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer())), fc.boolean(), (list, desc) => {
        const given = rowsOf(...list);
        const sorted = values(given, desc);
        const numbers = list.filter((value) => value !== null).toSorted((a, b) => (desc ? b - a : a - b));
        expect(sorted).toEqual([...numbers, ...list.filter((value) => value === null)]);
        expect(given).toEqual(rowsOf(...list));
      }),
    );
  });
});

describe("nextSort", () => {
  it("goes from the useful direction to the other, then back to the order that came", () => {
    const first = nextSort(null, "merged", true);
    expect(first).toEqual({ id: "merged", desc: true });
    const second = nextSort(first, "merged", true);
    expect(second).toEqual({ id: "merged", desc: false });
    expect(nextSort(second, "merged", true)).toBeNull();
    expect(nextSort(second, "name", false)).toEqual({ id: "name", desc: false });
  });
});
