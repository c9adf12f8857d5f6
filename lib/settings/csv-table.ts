import { readCsvRecords, refuseCsv } from "@/lib/core/csv-records";
import { isDay } from "@/lib/core/zoned-time";

/** One line of a file, its fields by the names of their columns. */
export interface CsvLine<Column extends string> {
  /** As the file counts its lines, the first being 1. */
  line: number;
  /** null: it is empty, or there is no such column. */
  read: (column: Column) => string | null;
}

/** Positions of the columns by name. @throws {AppError} for one that is unknown, named twice or missing */
function readHead<Column extends string>(
  head: readonly string[],
  columns: readonly Column[],
  required: readonly Column[],
): Map<Column, number> {
  const places = new Map<Column, number>();
  for (const [place, text] of head.entries()) {
    const column = columns.find((known) => known === text.toLowerCase());
    if (column === undefined) {
      refuseCsv(1, null, `there is no column “${text}”; it may hold ${columns.join(", ")}.`);
    }
    if (places.has(column)) refuseCsv(1, column, "this column is there twice.");
    places.set(column, place);
  }
  for (const column of required) if (!places.has(column)) refuseCsv(1, column, "this column is missing.");
  return places;
}

/**
 * Reads a CSV file whose first line names its columns. Commas, semicolons and tabs part them.
 * @throws {AppError} `unprocessable` at `/csv` that names the line and the column; nothing of it is taken then
 */
export function readCsvTable<Column extends string>(
  csv: string,
  {
    columns,
    most,
    required,
    what,
  }: { columns: readonly Column[]; required: readonly Column[]; most: number; what: string },
): { lines: CsvLine<Column>[]; has: (column: Column) => boolean } {
  const [head, ...records] = readCsvRecords(csv);
  if (head === undefined) refuseCsv(1, null, `the ${what} is empty; its first line names its columns.`);
  const places = readHead(head.fields, columns, required);
  if (records.length > most) refuseCsv(most + 2, null, `a ${what} has at most ${most} lines.`);
  const width = head.fields.length;
  const lines = records.map(({ fields, line }): CsvLine<Column> => {
    if (fields.length > width) refuseCsv(line, null, `it has ${fields.length} fields and the first line ${width}.`);
    return { line, read: (column) => fields[places.get(column) ?? -1] || null };
  });
  return { lines, has: (column) => places.has(column) };
}

/** A day of a field, or nothing. @throws {AppError} where it is none */
export function readCsvDay(text: string | null, line: number, column: string): string | null {
  if (text !== null && !isDay(text)) refuseCsv(line, column, `“${text}” is no date such as 2026-01-31.`);
  return text;
}

/** A whole number of a field from nothing up, or nothing. @throws {AppError} where it is none */
export function readCsvCount(text: string | null, line: number, column: string): number | null {
  if (text === null) return null;
  if (!/^\d{1,9}$/.test(text)) refuseCsv(line, column, `“${text}” is no whole number such as 12.`);
  return Number(text);
}
