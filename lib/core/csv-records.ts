import { CsvError, parse } from "csv-parse/sync";
import { AppError } from "./errors";

/** Says what is wrong with a CSV file, by the line as an editor counts it and the column. */
export function refuseCsv(line: number, column: string | null, message: string): never {
  const where = column === null ? `Line ${line}` : `Line ${line}, ${column}`;
  throw new AppError({ code: "unprocessable", message: `${where}: ${message}`, pointer: "/csv" });
}

export interface CsvRecord {
  /** Of its end. */
  line: number;
  fields: string[];
}

/** What parts the columns: of the usual signs the one that the first line holds most of. */
function delimiterOf(csv: string): string {
  const [head = ""] = csv.split(/\r?\n/, 1);
  const times = (sign: string) => head.split(sign).length;
  return [",", ";", "\t"].reduce((most, sign) => (times(sign) > times(most) ? sign : most));
}

/** The lines of a CSV file, the first of which may name its columns. @throws {AppError} where it is none */
export function readCsvRecords(csv: string): CsvRecord[] {
  try {
    const lines: number[] = [];
    const records: string[][] = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      on_record: (record: string[], context) => {
        lines.push(context.lines);
        return record;
      },
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return records.map((fields, index) => ({ line: lines[index] ?? 0, fields }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError({ code: "unprocessable", message: `This is not CSV: ${error.message}`, pointer: "/csv" });
  }
}
