import { Readable } from "node:stream";
import { setImmediate as aTurn } from "node:timers/promises";
import { parse as parseInTurns } from "csv-parse";
import { CsvError, type Options, parse } from "csv-parse/sync";
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

/** How files are read; `lines` takes where each record ends. */
const optionsOf = (csv: string, lines: number[]) =>
  ({
    bom: true,
    delimiter: delimiterOf(csv),
    on_record: (record: string[], context) => {
      lines.push(context.lines);
      return record;
    },
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) satisfies Options<string[]>;

const recordsOf = (records: readonly string[][], lines: readonly number[]): CsvRecord[] =>
  records.map((fields, index) => ({ line: lines[index] ?? 0, fields }));

function noCsv(error: unknown): never {
  if (!(error instanceof CsvError)) throw error;
  throw new AppError({ code: "unprocessable", message: `This is not CSV: ${error.message}`, pointer: "/csv" });
}

/** The lines of a CSV file, the first of which may name its columns. @throws {AppError} where it is none */
export function readCsvRecords(csv: string): CsvRecord[] {
  try {
    const lines: number[] = [];
    return recordsOf(parse(csv, optionsOf(csv, lines)), lines);
  } catch (error) {
    return noCsv(error);
  }
}

const SLICE_BYTES = 256 * 1024;

/** Lets others have their turn after each slice. */
async function* slicesOf(csv: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(csv);
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    yield bytes.subarray(at, at + SLICE_BYTES);
    await aTurn();
  }
}

/** The same of a file of many megabytes: whoever else asks for something meanwhile does not wait for it. */
export async function readManyCsvRecords(csv: string): Promise<CsvRecord[]> {
  const lines: number[] = [];
  const records: string[][] = [];
  try {
    for await (const record of Readable.from(slicesOf(csv)).pipe(parseInTurns(optionsOf(csv, lines)))) {
      records.push(record as string[]);
    }
    return recordsOf(records, lines);
  } catch (error) {
    return noCsv(error);
  }
}
