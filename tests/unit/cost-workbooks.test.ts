import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readCostFile } from "@/lib/events/costs/read-cost-file";
import { readWorkbookRecords } from "@/lib/events/costs/read-workbook";
import { RELATION, textCell as text, billWorkbook as workbook } from "@/tests/factories/bill-workbook";

const KNOWN = { teams: new Map(), centres: new Map(), agents: new Map([["codex", "codex"]]), today: "2026-12-31" };
const HEAD = `<row r="1">${["date", "amount", "currency", "item", "provider"].map(text).join("")}</row>`;
const bill = (rows: string) => readCostFile({ xlsx: workbook({ rows: HEAD + rows }) }, { fields: {} }, KNOWN);

describe("a workbook of costs", () => {
  it("is read by the places of its cells, from its first sheet that is not hidden", async () => {
    const records = await readWorkbookRecords(
      workbook({
        texts:
          '<si><t>date</t></si><si><r><t>am</t></r><r><t xml:space="preserve">ount </t></r><rPh><t>no</t></rPh></si><si/>',
        rows: `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c></row>
          <row r="3"/><row r="5"><c r="B5" t="str"><v>a &amp;&#10;b_x000D_</v></c><c r="C5"><v>0.30000000000000004</v></c></row>`,
      }),
    );
    expect(records.map(({ fields, line, numbers }) => [line, fields, [...numbers]])).toEqual([
      [2, ["date", "", "amount"], []],
      [5, ["", "a &\nb", "0.3"], [2]],
    ]);
  });

  it("has days by the formats of its cells, in both calendars", async () => {
    const days = (rows: string, more = "") =>
      readWorkbookRecords(
        workbook({
          rows,
          workbook: `<workbook xmlns:r="${RELATION}">${more}<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        }),
      );
    const row =
      '<row r="1"><c r="A1" s="1"><v>46096</v></c><c r="B1" s="2"><v>46096.75</v></c><c r="C1" s="3"><v>46096</v></c><c r="D1" t="d"><v>2026-03-15</v></c></row>';
    expect((await days(row))[0]?.fields).toEqual(["2026-03-15", "2026-03-15", "46096", "2026-03-15"]);
    const of1904 = row.replaceAll("46096", String(46_096 - 1462));
    expect((await days(of1904, '<workbookPr date1904="1"/>'))[0]?.fields.slice(0, 2)).toEqual([
      "2026-03-15",
      "2026-03-15",
    ]);
  });

  it("is a bill whose numbers cannot be read in two ways", async () => {
    const { lines, problems } = await bill(
      `<row r="2"><c s="1"><v>46096</v></c><c><v>1.234</v></c>${["EUR", "api", "x"].map(text).join("")}</row>
       <row r="3"><c s="1"><v>46097</v></c>${["1.234,50", "EUR", "api", "x"].map(text).join("")}</row>`,
    );
    expect(problems).toEqual([]);
    expect(lines.map(({ amount, day }) => [day, amount.toFixed()])).toEqual([
      ["2026-03-15", "1.234"],
      ["2026-03-16", "1234.5"],
    ]);
  });

  it("is told of line by line where it holds formulas, numbers for days, or nothing", async () => {
    const { problems } = await bill(
      `<row r="2"><c s="1"><v>46096</v></c><c><f>SUM(A1:A2)</f><v>3</v></c>${["EUR", "api", "x"].map(text).join("")}</row>
       <row r="4"><c><v>46096</v></c><c><v>1</v></c>${["EUR", "api", "x"].map(text).join("")}</row>
       <row r="7"><c s="1"><v>46096</v></c><c><v>1</v></c>${["EUR", "api"].map(text).join("")}<c><f>A1</f></c></row>`,
    );
    expect(problems.map(({ field, line, message }) => [line, field, message])).toEqual([
      [2, "amount", "“=SUM(A1:A2)” is a formula: save the file with values."],
      [4, "day", expect.stringContaining("a number of a spreadsheet")],
      [7, "provider", "“=A1” is a formula: save the file with values."],
    ]);
  });

  it.each([
    ["no archive", strToU8("date,amount")],
    [
      "a document with a password, or of an old program",
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    ],
    ["an archive of something else", zipSync({ "word/document.xml": strToU8("<x/>") })],
    ["one that is cut off", workbook({ rows: HEAD }).subarray(0, 300)],
    [
      "one without the sheet that it names",
      workbook({ rows: HEAD, more: { "xl/_rels/workbook.xml.rels": "<Relationships/>" } }),
    ],
    ["an empty sheet", workbook({ rows: "" })],
  ])("is refused where it is %s", async (_, bytes) => {
    await expect(readCostFile({ xlsx: bytes }, { fields: {} }, KNOWN)).rejects.toMatchObject({
      code: "unprocessable",
      pointer: "/xlsx",
    });
  });

  it("is refused where it unpacks to more than can be held", async () => {
    const bytes = workbook({ rows: HEAD });
    // What the archive says of the size of each file: the directory at its end.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 < bytes.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0x7fffffff, true);
    await expect(readWorkbookRecords(bytes)).rejects.toMatchObject({ message: expect.stringContaining("too large") });
  });
});
