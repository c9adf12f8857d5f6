import { setImmediate as aTurn } from "node:timers/promises";
import {
  COST_FIELD_LABEL,
  type CostField,
  type CostFileProblem,
  type CostReading,
  type CostReadingInput,
  isUsage,
  REQUIRED_COST_FIELDS,
  REQUIRED_USAGE_FIELDS,
  TOKEN_FIELDS,
  type TokenField,
} from "@/lib/core/cost-files";
import { type CsvRecord, readManyCsvRecords } from "@/lib/core/csv-records";
import { Decimal } from "@/lib/core/decimal";
import { COST_ITEM_CODE } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { guessFields } from "./cost-columns";
import type { TeamCentre } from "./cost-place";
import { type DecimalMark, decimalMarkOf, readAmount } from "./read-amount";
import { dayOrderOf, readDay } from "./read-day";
import { readWorkbookRecords } from "./read-workbook";

const MOST_LINES = 500_000;
/** After so many others have their turn. */
const LINES_A_TURN = 2000;
const LONGEST_NAME = 100;
const MOST_TOKENS = 1e15;
const FIRST_DAY = "2000-01-01";
/** More than this in one line is no bill of anybody. */
const MOST = new Decimal("1e9");

export type CostItemName = keyof typeof COST_ITEM_CODE;

/** One line of a bill. */
export interface CostLine {
  day: string;
  /** Major units. */
  amount: Decimal;
  currency: string;
  item: CostItemName;
  /** Key of an agent. */
  agent: string | null;
  /** Slug of a team. */
  team: string | null;
  provider: string;
}

/** Tokens of one model on a day, as a file of usage tells of them. */
export interface UsageLine extends Omit<CostLine, "amount" | "currency" | "item">, Record<TokenField, bigint> {
  model: string;
}

export interface CostFile {
  reading: CostReading;
  columns: string[];
  /** Lines that hold anything, whether they could be read or not. */
  count: number;
  lines: CostLine[];
  /** Of a file of tokens, which has no amounts. */
  usage: UsageLine[];
  problems: CostFileProblem[];
}

const ITEMS = new Map<string, CostItemName>([
  ...(Object.keys(COST_ITEM_CODE) as CostItemName[]).map((item) => [item, item] as const),
  ["usage", "api"],
  ["tokens", "api"],
  ["model use", "api"],
  ["seat", "seats"],
  ["licences", "seats"],
  ["licenses", "seats"],
  ["checks", "ci"],
]);
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** What lines may name. */
interface Known {
  /** Slugs by slug and by name, in small letters. */
  teams: ReadonlyMap<string, string>;
  /** Keys by key and by name, in small letters. */
  agents: ReadonlyMap<string, string>;
  /** By whose number or name a line may name its team too. */
  centres: ReadonlyMap<string, readonly TeamCentre[]>;
  /** The last day that can have cost anything, `2026-01-31`. */
  today: string;
}

/** Fields of a line as text; empty ones are null. */
type Read = (field: CostField) => string | null;

/** Something about a line that keeps it from being a cost. */
class LineProblem extends Error {
  constructor(
    readonly field: CostField,
    message: string,
  ) {
    super(message);
  }
}

/** A file as it was sent: text, or the bytes of a workbook. */
export type SentFile = { csv: string } | { xlsx: Uint8Array };

/** Which field of a request a file was sent in. */
export const pointerOf = (file: SentFile): "/csv" | "/xlsx" => ("csv" in file ? "/csv" : "/xlsx");

type Line = CsvRecord & { numbers?: ReadonlySet<number> };

/**
 * Reads a bill: every line, with all that is wrong with any of them. Its first line names its columns; where each field is, is found
 * by their names unless somebody says it.
 * @throws {AppError} `unprocessable` at `/csv` or `/xlsx` where it is no table
 */
export async function readCostFile(file: SentFile, asked: CostReadingInput, known: Known): Promise<CostFile> {
  const [head, ...records]: Line[] =
    "csv" in file ? await readManyCsvRecords(file.csv) : await readWorkbookRecords(file.xlsx);
  const refuse = (message: string): never => {
    throw new AppError({ code: "unprocessable", message, pointer: pointerOf(file) });
  };
  if (head === undefined) return refuse("The file is empty; its first line names its columns.");
  if (records.length > MOST_LINES) refuse(`A file has at most ${MOST_LINES} lines.`);
  const columns = head.fields;
  const guessed = guessFields(columns);
  const fields = { ...guessed.fields, ...given(asked.fields) };
  const problems: CostFileProblem[] = [];
  for (const [field, place] of Object.entries(fields) as [CostField, CostReading["fields"][CostField]][]) {
    if (place === null || !("column" in place)) continue;
    const times = columns.filter((column) => column === place.column).length;
    if (times === 0) problems.push({ line: null, field, message: `There is no column “${place.column}”.` });
    if (times > 1) problems.push({ line: null, field, message: `There are ${times} columns “${place.column}”.` });
  }
  const ofTokens = isUsage(fields);
  for (const field of ofTokens ? REQUIRED_USAGE_FIELDS : REQUIRED_COST_FIELDS) {
    if (fields[field] === null)
      problems.push({
        line: null,
        field,
        message: `${COST_FIELD_LABEL[field]} is in no column that is known: say where it is.`,
      });
  }
  const places = new Map(columns.map((column, place) => [column, place]));
  const columnOf = (field: CostField): number => {
    const place = fields[field];
    return place === null || "value" in place ? -1 : (places.get(place.column) ?? -1);
  };
  const readerOf =
    ({ fields: texts }: CsvRecord): Read =>
    (field) => {
      const place = fields[field];
      if (place === null) return null;
      return "value" in place ? place.value : texts[columnOf(field)] || null;
    };
  /** A cell that holds a number, and no text that looks like one, has no sign that could be read in two ways. */
  const markOf = ({ numbers }: Line, field: CostField, mark: DecimalMark | null): DecimalMark =>
    numbers?.has(columnOf(field)) === true ? "." : (mark ?? ".");
  const textsOf = function* (field: CostField) {
    for (const record of records)
      if (record.numbers?.has(columnOf(field)) !== true || field === "day") yield readerOf(record)(field) ?? "";
  };
  const dayOrder = asked.dayOrder ?? dayOrderOf(textsOf("day"));
  if (dayOrder === null)
    problems.push({
      line: null,
      field: "day",
      message: "Dates such as 05/06/2026 may be in May or in June: say which number is the day.",
    });
  // Tokens are whole numbers: what parts them are thousands.
  const decimalMark = asked.decimalMark ?? (ofTokens ? "." : decimalMarkOf(textsOf("amount")));
  if (decimalMark === null)
    problems.push({
      line: null,
      field: "amount",
      message: "Amounts such as 1,234 may be a thousand or one: say which sign stands before the decimals.",
    });
  const reading: CostReading = {
    format: guessed.format,
    fields,
    dayOrder: dayOrder === "none" ? null : dayOrder,
    decimalMark,
  };
  const lines: CostLine[] = [];
  const usage: UsageLine[] = [];
  // With questions open about all of it, its lines would only repeat them.
  if (problems.length > 0) return { reading, columns, count: records.length, lines, usage, problems };
  for (const [index, record] of records.entries()) {
    if (index % LINES_A_TURN === LINES_A_TURN - 1) await aTurn();
    try {
      if (record.fields.length > columns.length)
        throw new LineProblem("day", `it has ${record.fields.length} fields and the first line ${columns.length}.`);
      const read = readerOf(record);
      const own = (field: CostField) => ({ ...reading, decimalMark: markOf(record, field, decimalMark) });
      if (ofTokens) usage.push(readUsage(read, own("input"), known));
      else lines.push(readLine(read, own("amount"), known));
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      problems.push({ line: record.line, field: error.field, message: error.message });
    }
  }
  return { reading, columns, count: records.length, lines, usage, problems };
}

/** What was said of fields; what was left out is left to be found. */
function given(fields: CostReadingInput["fields"]): Partial<CostReading["fields"]> {
  return Object.fromEntries(Object.entries(fields).filter(([, place]) => place !== undefined));
}

function must(read: Read, field: CostField): string {
  const text = may(read, field);
  if (text === null) throw new LineProblem(field, "it is empty.");
  return text;
}

/** What a formula comes to nobody can see in a file: it is never taken for a name. */
function may(read: Read, field: CostField): string | null {
  const text = read(field);
  if (text?.startsWith("=") === true)
    throw new LineProblem(field, `“${text.slice(0, 60)}” is a formula: save the file with values.`);
  return text;
}

/** What lines of bills and of usage have in common. */
function readPlace(read: Read, { dayOrder }: CostReading, { agents, centres, teams, today }: Known) {
  const dayText = must(read, "day");
  const day = readDay(dayText, dayOrder ?? "dmy");
  if (day === null) throw new LineProblem("day", `“${dayText}” is no date such as 2026-01-31.${hint(dayText)}`);
  if (day > today) throw new LineProblem("day", `${day} has not come yet.`);
  if (day < FIRST_DAY) throw new LineProblem("day", `${day} is before ${FIRST_DAY}.`);
  const provider = must(read, "provider");
  if (provider.length > LONGEST_NAME)
    throw new LineProblem("provider", `it is longer than ${LONGEST_NAME} characters.`);
  return {
    day,
    provider,
    agent: readAgent(may(read, "agent"), agents),
    team: readTeam(may(read, "team"), day, { centres, teams }),
  };
}

function readUsage(read: Read, reading: CostReading, known: Known): UsageLine {
  const place = readPlace(read, reading, known);
  const model = must(read, "model");
  if (model.length > LONGEST_NAME) throw new LineProblem("model", `it is longer than ${LONGEST_NAME} characters.`);
  const tokens = Object.fromEntries(
    TOKEN_FIELDS.map((field) => {
      const text = may(read, field);
      // Columns of caches are empty where nothing was cached.
      if (text === null && (field === "cacheRead" || field === "cacheWrite")) return [field, 0n];
      const count = readAmount(text ?? must(read, field), reading.decimalMark ?? ".");
      if (count === null || !count.isInteger() || count.isNegative() || count.gt(MOST_TOKENS))
        throw new LineProblem(field, `“${text}” is no number of tokens.`);
      return [field, BigInt(count.toFixed())];
    }),
  ) as Record<TokenField, bigint>;
  return { ...place, model, ...tokens };
}

function readLine(read: Read, reading: CostReading, known: Known): CostLine {
  const place = readPlace(read, reading, known);
  const { decimalMark } = reading;
  const amountText = must(read, "amount");
  const amount = readAmount(amountText, decimalMark ?? ".");
  if (amount === null)
    throw new LineProblem("amount", `“${amountText}” is no amount such as 1234.50.${hint(amountText)}`);
  if (amount.abs().gt(MOST)) throw new LineProblem("amount", `“${amountText}” is more than ${MOST.toFixed()}.`);
  const currency = must(read, "currency").toUpperCase();
  if (!CURRENCIES.has(currency)) throw new LineProblem("currency", `“${currency}” is no currency such as USD.`);
  const itemText = must(read, "item");
  const item = ITEMS.get(itemText.toLowerCase());
  if (item === undefined)
    throw new LineProblem("item", `“${itemText}” is none of ${Object.keys(COST_ITEM_CODE).join(", ")}.`);
  return { ...place, amount, currency, item };
}

/** Spreadsheets keep days as numbers, and may be saved with their formulas. */
function hint(text: string): string {
  return /^\d{5}(?:\.\d+)?$/.test(text) ? " It is a number of a spreadsheet: format the column as a date there." : "";
}

function readAgent(text: string | null, agents: ReadonlyMap<string, string>): string | null {
  if (text === null) return null;
  const key = agents.get(text.toLowerCase());
  if (key === undefined) throw new LineProblem("agent", `no agent is called “${text}”.`);
  return key;
}

/** By its own name, else by that of its cost centre on the day. */
function readTeam(
  text: string | null,
  day: string,
  { centres, teams }: Pick<Known, "centres" | "teams">,
): string | null {
  if (text === null) return null;
  const slug = teams.get(text.toLowerCase());
  if (slug !== undefined) return slug;
  const called = centres.get(text.toLowerCase());
  if (called === undefined) throw new LineProblem("team", `there is no team or cost centre “${text}”.`);
  const [only, ...others] = new Set(
    called
      .filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo))
      .map(({ team }) => team),
  );
  if (only === undefined) throw new LineProblem("team", `no team is of the cost centre “${text}” on ${day}.`);
  if (others.length > 0)
    throw new LineProblem("team", `the cost centre “${text}” is of ${[only, ...others].join(" and ")}: name the team.`);
  return only;
}
