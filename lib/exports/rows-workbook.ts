import type { CsvColumn } from "./csv";
import type { Cell, Sheet, Workbook } from "./xlsx/cell";
import { MOST_ROWS } from "./xlsx/write-sheet";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WIDTH = 18;

function cellOf(value: string | number | boolean | null): Cell {
  if (value === null) return null;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    return Number.isFinite(value) ? { number: value, style: Number.isInteger(value) ? "integer" : "number" } : null;
  }
  return DAY.test(value) ? { day: value } : value;
}

/**
 * Rows as a workbook of one sheet, row by row. More rows than a sheet holds are left out, and the last one says so: the
 * same as CSV has all of them.
 */
export function rowsWorkbook<Row>(
  name: string,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): Workbook {
  async function* cells(): AsyncGenerator<Cell[]> {
    yield columns.map(({ head }) => ({ text: head, style: "head" }));
    let written = 1;
    for await (const row of rows) {
      if (written === MOST_ROWS - 1) {
        yield ["There are more rows than a sheet holds: take the same as CSV."];
        return;
      }
      written += 1;
      yield columns.map(({ value }) => cellOf(value(row)));
    }
  }
  const sheet: Sheet = {
    name: name.slice(0, 31),
    columns: columns.map(() => ({ width: WIDTH })),
    frozenRows: 1,
    hasFilter: true,
    rows: cells(),
  };
  return { title: name, moneyDigits: 2, sheets: [sheet], names: [] };
}
