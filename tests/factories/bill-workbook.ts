import { strToU8, zipSync } from "fflate";

export const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>
  <numFmt numFmtId="165" formatCode="&quot;day&quot; 0.00"/></numFmts>
  <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`;

interface Parts {
  rows: string;
  texts?: string;
  workbook?: string;
  more?: Record<string, string>;
}

/** A workbook as programs write it, from the XML of its rows. */
export function billWorkbook({ more = {}, rows, texts = "", workbook: book }: Parts): Uint8Array {
  const files = {
    "xl/workbook.xml":
      book ??
      `<workbook xmlns:r="${RELATION}"><sheets><sheet name="Hidden" state="hidden" sheetId="1" r:id="rId9"/><sheet name="Bill" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId9" Target="worksheets/hidden.xml"/><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/styles.xml": STYLES,
    "xl/sharedStrings.xml": `<sst>${texts}</sst>`,
    "xl/worksheets/hidden.xml": '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

/** A cell as XML, with its text in it. */
export const textCell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
