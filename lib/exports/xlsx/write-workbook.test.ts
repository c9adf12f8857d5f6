import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWorkbook } from "@/tests/factories/workbook";
import { at, type Cell, columnName, formula, named, range, type Sheet } from "./cell";
import { workbookBytes } from "./write-workbook";
import { cellText } from "./xml";

async function bytesOf(rows: Sheet["rows"], more: Partial<Sheet> = {}): Promise<Uint8Array> {
  const sheet: Sheet = { name: "Rows", columns: [{ width: 10 }], frozenRows: 0, rows, ...more };
  const pieces: Uint8Array[] = [];
  for await (const piece of workbookBytes({ title: "Test", moneyDigits: 2, sheets: [sheet], names: [] })) {
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
const written = async (rows: readonly Cell[][]) => readWorkbook(await bytesOf(rows)).sheets.get("Rows") ?? new Map();

describe("a workbook", () => {
  it("holds any text as text, without what XML cannot hold", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "</t></is></c><c><f>1</f></c>",
        "_x000D_",
        "a\r\nb",
        "\ud800",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (texts) => {
        const cells = await written(texts.map((text) => [text]));
        for (const [index, text] of texts.entries()) {
          const kept = text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu, "");
          const cell = cells.get(`A${index + 1}`);
          if (text === "") expect(cell).toBeUndefined();
          else
            expect([cell?.isText, cell?.formula, cell?.value.replace(/_x005F_/gi, "_")]).toEqual([
              true,
              null,
              kept.replace(/_x005F_/gi, "_"),
            ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps what programs would read as the code of a character", () => {
    expect(cellText("a_x000D_b")).toBe("a_x005F_x000D_b");
  });

  it("cuts a text that no cell holds", async () => {
    const cells = await written([["x".repeat(40_000)]]);
    expect(cells.get("A1")?.value).toHaveLength(32_767);
  });

  it("holds numbers as they are written, days as days, and formulas with what they come to", async () => {
    const cells = await written([
      [
        { number: "123456789012345.67", style: "money" },
        { day: "2026-03-01" },
        { formula: formula`ROUND(${at("Rows", 0, 0)}*${0.5},${2})`, result: "61728394506172.84", style: "money" },
        { formula: formula`IF(${1}>0,"none",0)`, result: "none", style: "text" },
      ],
    ]);
    expect(cells.get("A1")).toMatchObject({ value: "123456789012345.67", isText: false });
    // Days since the last of 1899 but one, as all spreadsheets count them.
    expect(cells.get("B1")).toMatchObject({ value: "46082", isText: false });
    expect(cells.get("C1")).toMatchObject({ formula: "ROUND('Rows'!$A$1*0.5,2)", value: "61728394506172.84" });
    expect(cells.get("D1")).toMatchObject({ value: "none", isText: true });
  });

  it("refuses what is no number, and what could not be in a formula", async () => {
    await expect(bytesOf([[{ number: "1e", style: "money" }]])).rejects.toThrow("no number");
    await expect(bytesOf([[{ number: Number.NaN, style: "money" }]])).rejects.toThrow("no number");
    expect(() => formula`${Number.POSITIVE_INFINITY}`).toThrow();
    expect(() => named("A1")).toThrow();
    expect(at("It's", 27, 9).text).toBe("'It''s'!$AB$10");
    expect(range("Rows", [0, 1], [2, 3]).text).toBe("'Rows'!$A$2:$C$4");
    expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
  });

  it("is the same bytes at any time and in any zone, and its rows are taken as they are written", async () => {
    let taken = 0;
    const rows = function* (): Generator<Cell[]> {
      for (; taken < 20_000; taken += 1) yield [`row ${taken}`, { number: taken, style: "integer" }];
    };
    const sheet: Sheet = { name: "Rows", columns: [{ width: 10 }], frozenRows: 1, hasFilter: true, rows: rows() };
    const pieces = workbookBytes({ title: "Test", moneyDigits: 2, sheets: [sheet], names: [] });
    const first: Uint8Array[] = [];
    for (let index = 0; index < 30; index += 1) first.push((await pieces.next()).value as Uint8Array);
    expect(taken).toBeLessThan(20_000);
    for await (const piece of pieces) first.push(piece);
    taken = 0;
    const again = await bytesOf(rows(), { frozenRows: 1, hasFilter: true });
    expect(Buffer.compare(Buffer.concat(first), Buffer.from(again))).toBe(0);
  });
});
