/** How a cell looks; each is an entry of the workbook's styles. */
export const STYLES = [
  "text",
  "title",
  "head",
  "headRight",
  "note",
  "aside",
  "label",
  "money",
  "moneyInput",
  "moneyTotal",
  "number",
  "numberInput",
  "integer",
  "percent",
  "percentInput",
  "date",
  "total",
] as const;
export type Style = (typeof STYLES)[number];

/** A place in a workbook, as a formula names it; made by {@link at} and {@link range} alone. */
export class Reference {
  constructor(readonly text: string) {}
}

/** A formula; made by {@link formula} alone, so that no text of data ever becomes part of one. */
export class Formula {
  constructor(readonly text: string) {}
}

/** The letters of a column, from 0: `A`, `B`, … `AA`. */
export function columnName(index: number): string {
  let [rest, name] = [index + 1, ""];
  while (rest > 0) {
    const digit = (rest - 1) % 26;
    name = String.fromCharCode(65 + digit) + name;
    rest = (rest - 1 - digit) / 26;
  }
  return name;
}

const quoted = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`;

/** A cell of a sheet; columns and rows from 0. */
export function at(sheet: string, column: number, row: number): Reference {
  return new Reference(`${quoted(sheet)}!$${columnName(column)}$${row + 1}`);
}

/** Cells from one to another, both of them in it. */
export function range(
  sheet: string,
  from: readonly [column: number, row: number],
  to: readonly [number, number],
): Reference {
  const corner = ([column, row]: readonly [number, number]) => `$${columnName(column)}$${row + 1}`;
  return new Reference(`${quoted(sheet)}!${corner(from)}:${corner(to)}`);
}

/** A name of the workbook. */
export function named(name: string): Reference {
  if (!/^[A-Z][A-Za-z_]{2,60}$/.test(name) || /^[A-Z]{1,3}\d+$/.test(name))
    throw new Error(`${name} cannot be a name of cells`);
  return new Reference(name);
}

/**
 * A formula from a template: what is put into it are references, formulas and numbers.
 * @example formula`ROUND(${at("Inputs", 2, 4)}*${12},2)`
 */
export function formula(parts: TemplateStringsArray, ...values: readonly (Reference | Formula | number)[]): Formula {
  const text = parts.reduce((whole, part, index) => {
    const value = values[index - 1];
    if (typeof value === "number" && !Number.isFinite(value)) throw new Error("A formula holds finite numbers alone");
    return whole + (value === undefined ? "" : typeof value === "number" ? String(value) : value.text) + part;
  });
  return new Formula(text);
}

/** Formulas one after the other, with the same operator between them. */
export function joined(operator: "+" | "*" | ",", values: readonly (Reference | Formula)[]): Formula {
  return new Formula(values.length === 0 ? "0" : values.map(({ text }) => text).join(operator));
}

/** A cell: nothing, text, a number as decimal text or as it is, a day, or a formula with what it comes to. */
export type Cell =
  | null
  | string
  | { text: string; style: Style }
  | { number: string | number; style: Style }
  | { day: string; style?: Style }
  | { formula: Formula; result: string | number; style: Style };

export interface Column {
  /** In characters. */
  width: number;
}

export interface Sheet {
  name: string;
  columns: readonly Column[];
  /** Rows at the top that stay in sight and are printed on each page. */
  frozenRows: number;
  /** Columns at the left that stay in sight. */
  frozenColumns?: number;
  /** Pages that its columns are printed on, side by side; one unless it says more. */
  pagesWide?: number;
  /** The last of the frozen rows is a head that filters. */
  hasFilter?: boolean;
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}

export interface Workbook {
  title: string;
  /** Decimals of its money. */
  moneyDigits: number;
  sheets: readonly Sheet[];
  /** Names of cells. */
  names: readonly { name: string; of: Reference }[];
}
