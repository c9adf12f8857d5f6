import { strToU8, Zip, ZipDeflate } from "fflate";
import { columnName, type Sheet, type Workbook } from "./cell";
import { styleSheet } from "./style-sheet";
import { sheetXml } from "./write-sheet";
import { XML_HEAD, xmlText } from "./xml";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** The same input gives the same bytes: no file of the archive says when it was made. */
const NO_TIME = new Date(1980, 0, 1);

const quoted = (sheet: string) => xmlText(`'${sheet.replaceAll("'", "''")}'`);

const contentTypes = (sheets: readonly Sheet[]) =>
  `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${DOCUMENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${DOCUMENT}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${sheets
    .map(
      (_, index) =>
        `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${DOCUMENT}.worksheet+xml"/>`,
    )
    .join("")}</Types>`;

const relations = (entries: readonly { id: string; type: string; target: string }[]) =>
  `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${entries
    .map(({ id, target, type }) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

function workbookXml({ names, sheets }: Workbook): string {
  const defined = [
    ...names.map(({ name, of }) => ({ name: `name="${xmlText(name)}"`, text: xmlText(of.text) })),
    // What stays in sight is printed on each page.
    ...sheets.flatMap(({ frozenColumns = 0, frozenRows, name }, index) => {
      const titles = [
        ...(frozenColumns === 0 ? [] : [`${quoted(name)}!$A:$${columnName(frozenColumns - 1)}`]),
        ...(frozenRows === 0 ? [] : [`${quoted(name)}!$1:$${frozenRows}`]),
      ];
      return titles.length === 0
        ? []
        : [{ name: `name="_xlnm.Print_Titles" localSheetId="${index}"`, text: titles.join(",") }];
    }),
  ];
  return `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets
    .map(({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join("")}</sheets>${
    defined.length === 0
      ? ""
      : `<definedNames>${defined.map(({ name, text }) => `<definedName ${name}>${text}</definedName>`).join("")}</definedNames>`
  }<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`;
}

/** The files of the archive; the sheets, which are long, come piece by piece. */
function* partsOf(workbook: Workbook): Generator<{ path: string; text: string | AsyncIterable<string> }> {
  const { moneyDigits, sheets, title } = workbook;
  yield { path: "[Content_Types].xml", text: contentTypes(sheets) };
  yield {
    path: "_rels/.rels",
    text: relations([
      { id: "rId1", type: `${RELATIONS}/officeDocument`, target: "xl/workbook.xml" },
      { id: "rId2", type: `${PACKAGE}/relationships/metadata/core-properties`, target: "docProps/core.xml" },
    ]),
  };
  yield {
    path: "docProps/core.xml",
    text: `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title><dc:creator>Fleetgauge</dc:creator></cp:coreProperties>`,
  };
  yield { path: "xl/workbook.xml", text: workbookXml(workbook) };
  yield {
    path: "xl/_rels/workbook.xml.rels",
    text: relations([
      ...sheets.map((_, index) => ({
        id: `rId${index + 1}`,
        type: `${RELATIONS}/worksheet`,
        target: `worksheets/sheet${index + 1}.xml`,
      })),
      { id: `rId${sheets.length + 1}`, type: `${RELATIONS}/styles`, target: "styles.xml" },
    ]),
  };
  yield { path: "xl/styles.xml", text: styleSheet(moneyDigits) };
  for (const [index, sheet] of sheets.entries()) {
    yield { path: `xl/worksheets/sheet${index + 1}.xml`, text: sheetXml(sheet) };
  }
}

/** A workbook (ECMA-376) as the bytes of its archive, as they are made: it is never in memory as a whole. */
export async function* workbookBytes(workbook: Workbook): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  let problem: Error | null = null;
  const archive = new Zip((error, bytes) => {
    if (error !== null) problem = error;
    else if (bytes.length > 0) made.push(bytes);
  });
  const taken = function* () {
    if (problem !== null) throw problem;
    yield* made.splice(0);
  };
  for (const { path, text } of partsOf(workbook)) {
    const file = new ZipDeflate(path, { level: 6 });
    file.mtime = NO_TIME;
    archive.add(file);
    if (typeof text === "string") file.push(strToU8(text), true);
    else {
      for await (const piece of text) {
        file.push(strToU8(piece), false);
        yield* taken();
      }
      file.push(new Uint8Array(0), true);
    }
    yield* taken();
  }
  archive.end();
  yield* taken();
}
