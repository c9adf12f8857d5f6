/** A cell: text is guarded against being read as a formula, numbers stay numbers, missing is empty. */
export type CsvValue = string | number | boolean | null;

export interface CsvColumn<Row> {
  head: string;
  value: (row: Row) => CsvValue;
}

/**
 * Characters that make a spreadsheet take a cell for a formula, also in full width, also behind blanks, line breaks
 * or what looks like a separator inside of the cell.
 */
const FORMULA = /(^|[\n\r,;\t])[\s\u00a0\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** One cell as it stands in the file. */
export function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  return quoted(FORMULA.test(value) ? `'${value}` : value);
}

function csvLine(cells: readonly CsvValue[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/**
 * A CSV file (RFC 4180, CRLF, UTF-8 with a mark that spreadsheets need) line by line. The head comes together with the
 * first row, so that a failure to read any row comes before anything is sent.
 */
export async function* csvLines<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<string> {
  let head = `\uFEFF${csvLine(columns.map((column) => column.head))}`;
  for await (const row of rows) {
    yield head + csvLine(columns.map(({ value }) => value(row)));
    head = "";
  }
  if (head !== "") yield head;
}
