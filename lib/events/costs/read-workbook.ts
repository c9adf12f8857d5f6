import { setImmediate as aTurn } from "node:timers/promises";
import { strFromU8, unzipSync } from "fflate";
import { Decimal } from "@/lib/core/decimal";
import { AppError } from "@/lib/core/errors";

/** A row of a sheet as the line of a file; cells that hold a number are named by their place. */
export interface SheetRecord {
  line: number;
  fields: string[];
  numbers: ReadonlySet<number>;
}

/** Bytes that a sheet and its texts may have when they are unpacked: more is no bill, but a bomb. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const ROWS_A_TURN = 2000;
const DAY_MS = 86_400_000;
/** Days are counted from here; the programs hold 1900 for a leap year, so that from March 1900 on it is the 30th. */
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
/** Formats of dates that have a number and no code (ECMA-376, 18.8.30), those of eastern calendars among them. */
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

const refuse = (message: string): never => {
  throw new AppError({ code: "unprocessable", message, pointer: "/xlsx" });
};

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text of XML, with what the format itself hides in it (`_x000D_`). */
function plain(text: string): string {
  return text
    .replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
      if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
      const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1] ?? null;

/** The texts of an item, put together; what says how it is pronounced is none of it. */
const textOf = (item: string): string =>
  [
    ...item
      .replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, "")
      .matchAll(/<(?:\w+:)?t\b[^>]*>([\s\S]*?)<\/(?:\w+:)?t>/g),
  ]
    .map(([, text]) => plain(text ?? ""))
    .join("");

function unpack(bytes: Uint8Array): (path: string) => string | null {
  let files: Record<string, Uint8Array> = {};
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (
          !/^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|styles\.xml|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/i.test(
            name,
          )
        )
          return false;
        if (originalSize > MOST_UNPACKED) refuse("The workbook is too large when it is unpacked.");
        return true;
      },
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    refuse("This is no workbook (.xlsx). Save an older one as .xlsx or as CSV, and one with a password without it.");
  }
  const byName = new Map(Object.entries(files).map(([name, content]) => [name.toLowerCase(), content]));
  return (path) => {
    const content = byName.get(path.toLowerCase());
    return content === undefined ? null : strFromU8(content);
  };
}

/** Which styles of cells are days. */
function dateStyles(styles: string): ReadonlySet<number> {
  const codes = new Map(
    [...styles.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g)].map(([tag]) => [
      Number(attribute(tag, "numFmtId")),
      plain(attribute(tag, "formatCode") ?? ""),
    ]),
  );
  const [, formats = ""] = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles) ?? [];
  const dates = [...formats.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].flatMap(([tag], index) => {
    const id = Number(attribute(tag, "numFmtId") ?? 0);
    // What stands in quotes or brackets, or after a backslash, is no part of a date.
    const code = codes.get(id)?.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
    return isDateFormat(id) || (code !== undefined && /[dmy]/i.test(code) && !/[0#]/.test(code)) ? [index] : [];
  });
  return new Set(dates);
}

/** The place of a column from its letters, from 0. */
const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

interface Book {
  texts: readonly string[];
  dates: ReadonlySet<number>;
  dayZero: number;
}

/** What a cell holds as the text of a file: days as `2026-01-31`, formulas as they are written, so that they are refused. */
function cellText(tag: string, inside: string, { dates, dayZero, texts }: Book): { text: string; isNumber: boolean } {
  const asText = (text: string) => ({ text, isNumber: false });
  const formula = /<(?:\w+:)?f\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?f>)/.exec(inside);
  if (formula !== null) return asText(`=${plain(formula[1] ?? "")}`);
  const type = attribute(tag, "t") ?? "n";
  if (type === "inlineStr") return asText(textOf(inside));
  const [, raw] = /<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/.exec(inside) ?? [];
  if (raw === undefined) return asText("");
  const value = plain(raw);
  if (type === "s") return asText(texts[Number(value)] ?? "");
  if (type !== "n") return asText(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return asText(value);
  if (!dates.has(Number(attribute(tag, "s") ?? -1))) {
    // A sheet keeps doubles and shows fifteen digits of them: 0.1 + 0.2 is 0.3 there.
    return { text: new Decimal(number.toPrecision(15)).toFixed(), isNumber: true };
  }
  const at = new Date(dayZero + Math.floor(number) * DAY_MS);
  return asText(Number.isNaN(at.getTime()) ? value : at.toISOString().slice(0, 10));
}

/** The first sheet that is not hidden. */
function firstSheet(read: (path: string) => string | null): { sheet: string; is1904: boolean } {
  const workbook = read("xl/workbook.xml") ?? refuse("This is no workbook (.xlsx).");
  const tag = [...workbook.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)]
    .map(([found]) => found)
    .find((found) => (attribute(found, "state") ?? "visible") === "visible");
  const id = tag === undefined ? null : /\s(?:\w+:)id\s*=\s*"([^"]*)"/.exec(tag)?.[1];
  const relation = [...(read("xl/_rels/workbook.xml.rels") ?? "").matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)]
    .map(([found]) => found)
    .find((found) => attribute(found, "Id") === id);
  const target = relation === undefined ? null : attribute(relation, "Target");
  const path = target === null ? null : target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  const sheet = (path === null ? null : read(path)) ?? refuse("The workbook holds no sheet that can be read.");
  const [properties = ""] = /<(?:\w+:)?workbookPr\b[^>]*>/.exec(workbook) ?? [];
  return { sheet, is1904: ["1", "true"].includes(attribute(properties, "date1904") ?? "") };
}

/**
 * The rows of the first sheet of a workbook, as lines of a file; rows that hold nothing are left out. Whoever else asks for
 * something meanwhile has their turn between rows.
 * @throws {AppError} `unprocessable` at `/xlsx` where it is no workbook or too large
 */
export async function readWorkbookRecords(bytes: Uint8Array): Promise<SheetRecord[]> {
  const read = unpack(bytes);
  const { is1904, sheet } = firstSheet(read);
  const book: Book = {
    texts: [
      ...(read("xl/sharedStrings.xml") ?? "").matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g),
    ].map(([, item]) => textOf(item ?? "")),
    dates: dateStyles(read("xl/styles.xml") ?? ""),
    dayZero: is1904 ? DAY_ZERO[1904] : DAY_ZERO[1900],
  };
  const records: SheetRecord[] = [];
  let line = 0;
  for (const [, tag = "", inside = ""] of sheet.matchAll(
    /<(?:\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g,
  )) {
    line = Number(attribute(tag, "r") ?? line + 1);
    const fields: string[] = [];
    const numbers = new Set<number>();
    for (const [, cell = "", content = ""] of inside.matchAll(
      /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g,
    )) {
      const letters = /^[A-Z]{1,3}/.exec(attribute(cell, "r") ?? "")?.[0];
      const place = letters === undefined ? fields.length : columnOf(letters);
      const { isNumber, text } = cellText(cell, content, book);
      while (fields.length < place) fields.push("");
      fields[place] = text.trim();
      if (isNumber) numbers.add(place);
    }
    while (fields.at(-1) === "") fields.pop();
    if (fields.length > 0) records.push({ line, fields, numbers });
    if (line % ROWS_A_TURN === 0) await aTurn();
  }
  return records;
}
