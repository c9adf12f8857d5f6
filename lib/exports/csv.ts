import { CSV_MARK, type CsvValue, csvLine } from "@/lib/core/csv-cell";

export interface CsvColumn<Row> {
  head: string;
  value: (row: Row) => CsvValue;
}

/**
 * A CSV file (RFC 4180, CRLF, UTF-8 with a mark that spreadsheets need) line by line. The head comes together with the
 * first row, so that a failure to read any row comes before anything is sent.
 */
export async function* csvLines<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<string> {
  let head = CSV_MARK + csvLine(columns.map((column) => column.head));
  for await (const row of rows) {
    yield head + csvLine(columns.map(({ value }) => value(row)));
    head = "";
  }
  if (head !== "") yield head;
}
