/** A value of a table: null is something that was not measured and is shown as a dash. */
export type CellValue = string | number | null;

/** One table of a report, the same for people and machines. */
export interface ReportTable {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly CellValue[])[];
  /** Sentences below the table. */
  notes?: readonly string[];
}

export interface Report {
  command: string;
  tables: readonly ReportTable[];
}

function show(value: CellValue): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return value.toLocaleString("en-GB");
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A table as aligned text: words to the left, numbers to the right. */
export function renderTable({ title, columns, rows, notes = [] }: ReportTable): string {
  const cells = rows.map((row) => row.map(show));
  const widths = columns.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const numeric = columns.map((_, index) => rows.some((row) => typeof row[index] === "number"));
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => (numeric[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  return [
    title,
    "",
    ...[columns, ...cells].map((row) => `  ${line(row)}`),
    ...notes.map((note) => `  ${note}`),
    "",
  ].join("\n");
}

/** A table as objects by column, for machines. */
export function tableRecords({ columns, rows }: ReportTable): Record<string, CellValue>[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}
