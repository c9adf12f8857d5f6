import type { ReadWorkbook } from "./workbook";

type Value = number | string;
type Matrix = Value[];
type Operand = Value | Matrix | Problem;

/** What a program shows as #NUM! or #DIV/0!. */
class Problem {}

/**
 * Works the formulas of a workbook out, for the functions that ours are made of; any other throws. It knows nothing of the
 * results that stand in the file.
 * @param changes cells that are given another number first
 */
export function createCalculator(
  { sheets }: ReadWorkbook,
  changes: Readonly<Record<string, Readonly<Record<string, number>>>> = {},
): (sheet: string, place: string) => Value {
  const known = new Map<string, Operand>();
  const valueAt = (sheet: string, place: string): Operand => {
    const key = `${sheet}!${place}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(sheet, place);
    known.set(key, value);
    return value;
  };
  const work = (sheet: string, place: string): Operand => {
    const changed = changes[sheet]?.[place];
    if (changed !== undefined) return changed;
    const cell = sheets.get(sheet)?.get(place);
    if (cell === undefined) return "";
    if (cell.formula === null) return cell.isText ? cell.value : Number(cell.value);
    return new Parser(cell.formula, cells).whole();
  };
  const cells = (sheet: string, from: string, to: string | null): Operand => {
    if (to === null) return valueAt(sheet, from);
    const [[left, top], [right, bottom]] = [positionOf(from), positionOf(to)];
    const found: Matrix = [];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const value = valueAt(sheet, `${nameOf(column)}${row}`);
        if (value instanceof Problem || Array.isArray(value)) throw new Error(`No value at ${sheet}!${from}:${to}`);
        found.push(value);
      }
    }
    return found;
  };
  return (sheet, place) => {
    const value = valueAt(sheet, place);
    if (value instanceof Problem || Array.isArray(value)) throw new Error(`${sheet}!${place} comes to nothing`);
    return value;
  };
}

function positionOf(place: string): [column: number, row: number] {
  const [, letters = "", digits = ""] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
  return [[...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0), Number(digits)];
}

function nameOf(column: number): string {
  return column === 0 ? "" : nameOf(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|"([^"]*)"|'((?:[^']|'')*)'!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?|([A-Z]+)(?=\()|(<>|<=|>=|[-+*/^(),<>=]))/gy;

type Token =
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "cells"; sheet: string; from: string; to: string | null }
  | { kind: "name"; value: string }
  | { kind: "mark"; value: string };

function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of formula.matchAll(TOKEN)) {
    end = (match.index ?? 0) + match[0].length;
    const [, number, text, sheet, column, row, toColumn, toRow, name, mark] = match;
    if (number !== undefined) tokens.push({ kind: "number", value: Number(number) });
    else if (text !== undefined) tokens.push({ kind: "text", value: text });
    else if (sheet !== undefined)
      tokens.push({
        kind: "cells",
        sheet: sheet.replaceAll("''", "'"),
        from: `${column}${row}`,
        to: toColumn === undefined ? null : `${toColumn}${toRow}`,
      });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
    else tokens.push({ kind: "mark", value: mark ?? "" });
  }
  if (end !== formula.length) throw new Error(`Not read: ${formula.slice(end)} of ${formula}`);
  return tokens;
}

const numberOf = (value: Operand): number => {
  if (typeof value !== "number") throw new Error(`${JSON.stringify(value)} is no number`);
  return value;
};
const numbersOf = (values: readonly Operand[]): number[] =>
  values.flatMap((value) =>
    Array.isArray(value) ? value.filter((one) => typeof one === "number") : [numberOf(value)],
  );

/** What goes wrong in a part goes wrong in the whole. */
const applied = (left: Operand, right: Operand, made: (a: number, b: number) => number): Operand =>
  left instanceof Problem || right instanceof Problem ? new Problem() : made(numberOf(left), numberOf(right));

/** Halves away from zero, of what 15 digits show, as spreadsheets do. */
function rounded(value: number, digits: number): number {
  const scaled = Number((Math.abs(value) * 10 ** digits).toPrecision(15));
  return (Math.sign(value) * Math.round(scaled)) / 10 ** digits;
}

function internalRate(flows: readonly number[], guess: number): Operand {
  let rate = guess;
  for (let step = 0; step < 200; step += 1) {
    const [value, slope] = flows.reduce(
      ([sum, change], flow, month) => [
        sum + flow / (1 + rate) ** month,
        change - (month * flow) / (1 + rate) ** (month + 1),
      ],
      [0, 0] as [number, number],
    );
    const next = rate - value / slope;
    if (Math.abs(next - rate) < 1e-13) return next;
    rate = next;
  }
  return new Problem();
}

class Parser {
  private readonly tokens: Token[];
  private at = 0;

  constructor(
    private readonly formula: string,
    private readonly cells: (sheet: string, from: string, to: string | null) => Operand,
  ) {
    this.tokens = tokensOf(formula);
  }

  whole(): Operand {
    const value = this.comparison();
    if (this.at !== this.tokens.length) throw new Error(`Not read to its end: ${this.formula}`);
    return value;
  }

  private take(...marks: string[]): string | null {
    const token = this.tokens[this.at];
    if (token?.kind !== "mark" || !marks.includes(token.value)) return null;
    this.at += 1;
    return token.value;
  }

  private comparison(): Operand {
    const left = this.sum();
    const mark = this.take("=", "<>", "<", ">", "<=", ">=");
    if (mark === null) return left;
    const right = this.sum();
    const [a, b] = [left as never, right as never];
    const holds = { "=": a === b, "<>": a !== b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b }[mark];
    return Number(holds);
  }

  private sum(): Operand {
    let value = this.product();
    for (let mark = this.take("+", "-"); mark !== null; mark = this.take("+", "-")) {
      const right = this.product();
      value = applied(value, right, (a, b) => (mark === "+" ? a + b : a - b));
    }
    return value;
  }

  private product(): Operand {
    let value = this.power();
    for (let mark = this.take("*", "/"); mark !== null; mark = this.take("*", "/")) {
      const right = this.power();
      value = applied(value, right, (a, b) => (mark === "*" ? a * b : a / b));
    }
    return value;
  }

  private power(): Operand {
    const base = this.single();
    return this.take("^") === null ? base : applied(base, this.single(), (a, b) => a ** b);
  }

  private single(): Operand {
    if (this.take("-") !== null) return -numberOf(this.single());
    if (this.take("(") !== null) {
      const value = this.comparison();
      this.expect(")");
      return value;
    }
    const token = this.tokens[this.at];
    this.at += 1;
    switch (token?.kind) {
      case "number":
      case "text":
        return token.value;
      case "cells":
        return this.cells(token.sheet, token.from, token.to);
      case "name":
        return this.called(token.value);
      default:
        throw new Error(`Not a value in ${this.formula}`);
    }
  }

  private expect(mark: string): void {
    if (this.take(mark) === null) throw new Error(`${mark} is missing in ${this.formula}`);
  }

  private called(name: string): Operand {
    this.expect("(");
    const given: Operand[] = [];
    if (this.take(")") === null) {
      do given.push(this.comparison());
      while (this.take(",") !== null);
      this.expect(")");
    }
    const [first, second, third] = given as [Operand, Operand, Operand];
    switch (name) {
      case "ROUND":
        return rounded(numberOf(first), numberOf(second));
      case "ROUNDUP":
        return Math.sign(numberOf(first)) * Math.ceil(Math.abs(numberOf(first)));
      case "ABS":
        return Math.abs(numberOf(first));
      case "SIGN":
        return Math.sign(numberOf(first));
      case "MIN":
        return Math.min(...numbersOf(given));
      case "MAX":
        return Math.max(...numbersOf(given));
      case "SUM":
        return numbersOf(given).reduce((sum, one) => sum + one, 0);
      case "SUBTOTAL":
        return numbersOf([second]).reduce((sum, one) => sum + one, 0);
      case "COUNT":
        return numbersOf(given).length;
      case "AND":
        return Number(given.every((one) => numberOf(one) !== 0));
      case "IF":
        return numberOf(first) === 0 ? third : second;
      case "IFERROR":
        return first instanceof Problem || Number.isNaN(first) ? second : first;
      case "IRR":
        return internalRate(numbersOf([first]), numberOf(second));
      case "SUMPRODUCT":
        return (first as Matrix).reduce<number>(
          (sum, one, index) => sum + Number(one) * Number((second as Matrix)[index]),
          0,
        );
      case "SUMIFS":
        return (first as Matrix).reduce<number>(
          (sum, one, index) => ((second as Matrix)[index] === third ? sum + Number(one) : sum),
          0,
        );
      default:
        throw new Error(`${name} is no function of a report`);
    }
  }
}
