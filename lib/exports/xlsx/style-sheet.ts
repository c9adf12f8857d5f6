import { STYLES, type Style } from "./cell";
import { XML_HEAD } from "./xml";

interface Look {
  /** A number format; General without one. */
  format?: "money" | "number" | "integer" | "percent" | "date";
  font?: "bold" | "title" | "note" | "input" | "head";
  fill?: "input" | "head";
  border?: "total" | "head";
  align?: "right" | "wrap" | "indent";
}

const LOOKS: Readonly<Record<Style, Look>> = {
  text: {},
  title: { font: "title" },
  head: { font: "head", fill: "head", border: "head", align: "wrap" },
  headRight: { font: "head", fill: "head", border: "head", align: "right" },
  note: { font: "note" },
  aside: { font: "note", align: "indent" },
  label: { font: "bold" },
  money: { format: "money" },
  moneyInput: { format: "money", font: "input", fill: "input" },
  moneyTotal: { format: "money", font: "bold", border: "total" },
  number: { format: "number" },
  numberInput: { format: "number", font: "input", fill: "input" },
  integer: { format: "integer" },
  percent: { format: "percent" },
  percentInput: { format: "percent", font: "input", fill: "input" },
  date: { format: "date", align: "right" },
  total: { font: "bold", border: "total" },
};

const FONTS = {
  plain: '<font><sz val="10"/><name val="Calibri"/><family val="2"/></font>',
  bold: '<font><b/><sz val="10"/><name val="Calibri"/><family val="2"/></font>',
  title: '<font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font>',
  note: '<font><sz val="9"/><color rgb="FF6B6A63"/><name val="Calibri"/><family val="2"/></font>',
  input: '<font><sz val="10"/><color rgb="FF1F4E9C"/><name val="Calibri"/><family val="2"/></font>',
  head: '<font><b/><sz val="10"/><color rgb="FF3B3A35"/><name val="Calibri"/><family val="2"/></font>',
} as const;
const FILLS = {
  none: '<fill><patternFill patternType="none"/></fill>',
  gray: '<fill><patternFill patternType="gray125"/></fill>',
  input: '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF9E5"/><bgColor indexed="64"/></patternFill></fill>',
  head: '<fill><patternFill patternType="solid"><fgColor rgb="FFF1EFE9"/><bgColor indexed="64"/></patternFill></fill>',
} as const;
const SIDES = "<left/><right/>";
const LINE = 'style="thin"><color rgb="FFB8B5AA"/>';
const BORDERS = {
  none: `<border>${SIDES}<top/><bottom/><diagonal/></border>`,
  total: `<border>${SIDES}<top ${LINE}</top><bottom/><diagonal/></border>`,
  head: `<border>${SIDES}<top/><bottom ${LINE}</bottom><diagonal/></border>`,
} as const;

const FORMAT_IDS = { money: 164, number: 165, integer: 166, percent: 167, date: 168 } as const;

const formats = (moneyDigits: number): Readonly<Record<keyof typeof FORMAT_IDS, string>> => {
  const amount = moneyDigits === 0 ? "#,##0" : `#,##0.${"0".repeat(moneyDigits)}`;
  return {
    money: `${amount};[Red](${amount})`,
    number: "#,##0.00##;-#,##0.00##",
    integer: "#,##0;-#,##0",
    percent: "0.0%;-0.0%",
    date: "yyyy-mm-dd",
  };
};

const listed = (name: string, entries: readonly string[]) =>
  `<${name} count="${entries.length}">${entries.join("")}</${name}>`;

const ALIGNMENTS = {
  right: '<alignment horizontal="right" vertical="bottom" wrapText="1"/>',
  wrap: '<alignment vertical="bottom" wrapText="1"/>',
  indent: '<alignment horizontal="left" indent="1"/>',
} as const;

/** Number of a style in the workbook. */
export const styleIndex = (style: Style): number => STYLES.indexOf(style);

/** `xl/styles.xml`. */
export function styleSheet(moneyDigits: number): string {
  const [fonts, fills, borders] = [Object.keys(FONTS), Object.keys(FILLS), Object.keys(BORDERS)];
  const xfs = STYLES.map((style) => {
    const { align, border = "none", fill = "none", font = "plain", format } = LOOKS[style];
    const ids = `numFmtId="${format === undefined ? 0 : FORMAT_IDS[format]}" fontId="${fonts.indexOf(font)}" fillId="${fills.indexOf(fill)}" borderId="${borders.indexOf(border)}" xfId="0"`;
    const how = align === undefined ? "" : ALIGNMENTS[align];
    return `<xf ${ids} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"${how === "" ? "/>" : ` applyAlignment="1">${how}</xf>`}`;
  });
  const codes = Object.entries(formats(moneyDigits)) as [keyof typeof FORMAT_IDS, string][];
  return `${XML_HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${[
    listed(
      "numFmts",
      codes.map(([name, code]) => `<numFmt numFmtId="${FORMAT_IDS[name]}" formatCode="${code}"/>`),
    ),
    listed("fonts", Object.values(FONTS)),
    listed("fills", Object.values(FILLS)),
    listed("borders", Object.values(BORDERS)),
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    listed("cellXfs", xfs),
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  ].join("")}</styleSheet>`;
}
