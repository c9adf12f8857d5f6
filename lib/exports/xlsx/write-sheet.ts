import { setImmediate } from "node:timers/promises";
import { type Cell, columnName, type Sheet } from "./cell";
import { styleIndex } from "./style-sheet";
import { cellText, XML_HEAD, xmlText } from "./xml";

/** The most that a cell holds. */
const MOST_TEXT = 32_767;
/** The most rows of a sheet. */
export const MOST_ROWS = 1_048_576;
/** A piece that is given on is about so long. */
const PIECE = 64 * 1024;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1899, 11, 30);

const isNumber = (text: string) => /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);

function inline(text: string, style: number): string {
  const kept = cellText(text.slice(0, MOST_TEXT));
  return ` s="${style}" t="inlineStr"><is><t xml:space="preserve">${kept}</t></is></c>`;
}

function numberText(value: string | number): string {
  const text = String(value);
  if (!isNumber(text)) throw new Error(`${text} is no number of a cell`);
  return text;
}

function cellXml(cell: Cell, place: string): string {
  if (cell === null) return "";
  const head = `<c r="${place}"`;
  if (typeof cell === "string") return cell === "" ? "" : head + inline(cell, styleIndex("text"));
  if ("text" in cell) return head + inline(cell.text, styleIndex(cell.style));
  if ("day" in cell) {
    const days = (Date.parse(`${cell.day}T00:00:00Z`) - FIRST_DAY) / DAY_MS;
    return `${head} s="${styleIndex(cell.style ?? "date")}"><v>${numberText(days)}</v></c>`;
  }
  const style = styleIndex(cell.style);
  if ("number" in cell) return `${head} s="${style}"><v>${numberText(cell.number)}</v></c>`;
  const { formula, result } = cell;
  const written = `<f>${xmlText(formula.text)}</f>`;
  return typeof result === "number" || isNumber(result)
    ? `${head} s="${style}">${written}<v>${numberText(result)}</v></c>`
    : `${head} s="${style}" t="str">${written}<v>${cellText(result)}</v></c>`;
}

/** Two lines: heads are longer than their columns are wide. */
const HEAD_HEIGHT = ' ht="28" customHeight="1"';
const isHead = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => cell !== null && typeof cell === "object" && "text" in cell && cell.style === "headRight");

/** `xl/worksheets/sheetN.xml`, piece by piece. */
export async function* sheetXml({
  pagesWide = 1,
  columns,
  frozenColumns = 0,
  frozenRows,
  hasFilter,
  rows,
}: Sheet): AsyncGenerator<string> {
  const corner = `${columnName(frozenColumns)}${frozenRows + 1}`;
  const pane = frozenColumns > 0 && frozenRows > 0 ? "bottomRight" : frozenRows > 0 ? "bottomLeft" : "topRight";
  const frozen =
    frozenRows + frozenColumns === 0
      ? ""
      : `<pane${frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : ""}${frozenRows > 0 ? ` ySplit="${frozenRows}"` : ""} topLeftCell="${corner}" activePane="${pane}" state="frozen"/><selection pane="${pane}"/>`;
  let piece = `${XML_HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" workbookViewId="0">${frozen}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="14"/><cols>${columns
    .map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join("")}</cols><sheetData>`;
  let row = 0;
  for await (const cells of rows) {
    row += 1;
    const written = cells.map((cell, index) => cellXml(cell, `${columnName(index)}${row}`)).join("");
    piece += written === "" ? "" : `<row r="${row}"${isHead(cells) ? HEAD_HEIGHT : ""}>${written}</row>`;
    if (piece.length > PIECE) {
      yield piece;
      piece = "";
      // A long sheet is made in turns, so that the server answers others meanwhile.
      await setImmediate();
    }
  }
  const filter =
    hasFilter === true
      ? `<autoFilter ref="A${frozenRows}:${columnName(columns.length - 1)}${Math.max(row, frozenRows)}"/>`
      : "";
  yield `${piece}</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="${pagesWide}" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>`;
}
