/** A cell: text is guarded against being read as a formula, numbers stay numbers, missing is empty. */
export type CsvValue = string | number | boolean | null;

/**
 * Characters that make a spreadsheet take a cell for a formula, also in full width, also behind blanks, line breaks
 * or what looks like a separator inside of the cell.
 */
const FORMULA = /(^|[\n\r,;\t])[\s\u00a0\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** What spreadsheets need at the beginning of a file to read UTF-8. */
export const CSV_MARK = "\uFEFF";

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** One cell as it stands in the file. */
export function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  return quoted(FORMULA.test(value) ? `'${value}` : value);
}

/** One line of a file (RFC 4180). */
export function csvLine(cells: readonly CsvValue[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
