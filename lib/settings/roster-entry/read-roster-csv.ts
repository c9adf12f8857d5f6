import { CsvError, parse } from "csv-parse/sync";
import { SENIORITIES, type Seniority } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { isDay } from "@/lib/core/zoned-time";

/** One line: somebody's time in a team. Days are `YYYY-MM-DD` in the organisation's zone. */
export interface RosterLine {
  /** As the file counts its lines, the first being 1. */
  line: number;
  team: string;
  login: string | null;
  email: string | null;
  name: string | null;
  /** null: nobody knows since when. */
  from: string | null;
  /** The first day that it is over; null: it is not. */
  to: string | null;
  /** Thousandths of a working week. */
  fte: number;
  seniority: Seniority | null;
}

const COLUMNS = ["team", "login", "email", "name", "from", "to", "fte", "seniority"] as const;
type Column = (typeof COLUMNS)[number];
const MOST_LINES = 50_000;

function refuse(line: number, column: Column | null, message: string): never {
  const where = column === null ? `Line ${line}` : `Line ${line}, ${column}`;
  throw new AppError({ code: "unprocessable", message: `${where}: ${message}`, pointer: "/csv" });
}

interface CsvRecord {
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

function readRecords(csv: string): CsvRecord[] {
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

/** Positions of the columns by name. @throws {AppError} for one that is unknown, named twice or missing */
function readHead(head: readonly string[]): Map<Column, number> {
  const places = new Map<Column, number>();
  for (const [place, text] of head.entries()) {
    const column = COLUMNS.find((known) => known === text.toLowerCase());
    if (column === undefined) {
      refuse(1, null, `there is no column “${text}”; it may hold ${COLUMNS.join(", ")}.`);
    }
    if (places.has(column)) refuse(1, column, "this column is there twice.");
    places.set(column, place);
  }
  if (!places.has("team")) refuse(1, "team", "this column is missing.");
  if (!places.has("login") && !places.has("email")) refuse(1, "login", "this column is missing, and so is email.");
  return places;
}

function readDay(text: string | null, line: number, column: Column): string | null {
  if (text === null) return null;
  if (!isDay(text)) refuse(line, column, `“${text}” is no date such as 2026-01-31.`);
  return text;
}

function readShare(text: string | null, line: number): number {
  if (text === null) return 1000;
  const share = /^\d(?:[.,]\d{1,3})?$/.test(text) ? Math.round(Number(text.replace(",", ".")) * 1000) : 0;
  if (share <= 0 || share > 1000)
    refuse(line, "fte", `“${text}” is no share of a working week such as 0.8, at most 1.`);
  return share;
}

/**
 * Reads a roster. Its first line names its columns: team, login or email (GitHub's login finds most), and name, from, to, fte
 * and seniority where they are known. Commas, semicolons and tabs part them.
 * @throws {AppError} `unprocessable` that names the line and the column; nothing of it is taken then
 */
export function readRosterCsv(csv: string): RosterLine[] {
  const [head, ...records] = readRecords(csv);
  if (head === undefined) refuse(1, null, "the roster is empty; its first line names its columns.");
  const places = readHead(head.fields);
  if (records.length > MOST_LINES) refuse(MOST_LINES + 2, null, `a roster has at most ${MOST_LINES} lines.`);
  return records.map(({ fields, line }) => {
    const columns = head.fields.length;
    if (fields.length > columns) refuse(line, null, `it has ${fields.length} fields and the first line ${columns}.`);
    const read = (column: Column): string | null => fields[places.get(column) ?? -1] || null;
    const [team, login, email] = [read("team"), read("login")?.replace(/^@/, "") ?? null, read("email")];
    if (team === null) refuse(line, "team", "it is empty.");
    if (login === null && email === null) refuse(line, "login", "it is empty, and so is email.");
    if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) refuse(line, "email", `“${email}” is no address.`);
    const from = readDay(read("from"), line, "from");
    const to = readDay(read("to"), line, "to");
    if (from !== null && to !== null && to <= from) refuse(line, "to", `${to} is not after ${from}.`);
    const said = read("seniority")?.toLowerCase() ?? null;
    const seniority = SENIORITIES.find((one) => one === said) ?? null;
    if (said !== null && seniority === null)
      refuse(line, "seniority", `“${said}” is none of ${SENIORITIES.join(", ")}.`);
    return { line, team, login, email, name: read("name"), from, to, fte: readShare(read("fte"), line), seniority };
  });
}
