import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CellCounts } from "./cell-counts";

/** Counts of the cells as a plain map says it. */
function countPlainly(blocks: readonly (readonly number[])[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const cell of blocks.flat()) if (cell > 0) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

function countsOf(cells: CellCounts): Map<number, number> {
  const counts = Array.from(
    { length: cells.used },
    (_, index) => [cells.cellAt(index), cells.counts[index] ?? 0] as const,
  );
  return new Map(counts.filter(([cell, count]) => cell > 0 && count > 0));
}

describe("counting cells", () => {
  // Few enough to go over, with a place for each, and so many that they are hashed.
  it.each([50, 5_000, 2 ** 27])("of %d possible ones, in blocks, and again after a reset", (size) => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(fc.constant(0), fc.nat(size), fc.nat(3)), { maxLength: 64 }), {
          maxLength: 5,
        }),
        (blocks) => {
          const cells = new CellCounts(size, 64);
          for (let round = 0; round < 2; round += 1) {
            for (const block of blocks) {
              cells.add(Int32Array.from([7, ...block]), 1, block.length);
              for (const [row, cell] of block.entries()) {
                const position = cells.positions[cells.positionsAt + row] ?? -1;
                expect(cells.cellAt(position)).toBe(cell);
              }
            }
            expect(countsOf(cells)).toEqual(countPlainly(blocks));
            cells.reset();
            expect(countsOf(cells)).toEqual(new Map());
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("keeps every cell when there are more than it had room for", () => {
    for (const size of [2 ** 20, 2 ** 27]) {
      const cells = new CellCounts(size, 8192);
      const block = Int32Array.from({ length: 8192 }, (_, row) => row * 101 + 1);
      cells.add(block, 0, block.length);
      expect(cells.used).toBe(8193);
      expect(countsOf(cells)).toEqual(countPlainly([[...block]]));
    }
  });
});
