import PdfDocument from "pdfkit";
import { fontFiles, textRuns, type Weight } from "./fonts";

/** A4 upright, in points. */
export const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
export const INNER = PAGE.width - 2 * PAGE.margin;

export const INK = {
  plain: "#1d1c19",
  soft: "#6b6a63",
  line: "#d9d6cc",
  good: "#2f6b4f",
  bad: "#a8452f",
  pale: "#c9c5b8",
} as const;

export interface TextStyle {
  size: number;
  weight?: Weight;
  color?: string;
  align?: "left" | "right";
}

/** Kerning pulls commas under digits, so that amounts in a column would not stand below each other. */
const TEXT = { features: { kern: false } } as unknown as { features: PDFKit.Mixins.OpenTypeFeatures[] };

/** Draws on the pages of a document, whose text readers of screens find in its order. */
export class SheetWriter {
  private readonly document: PDFKit.PDFDocument;
  private readonly root: PDFKit.PDFStructureElement;

  /** @param made when the document says that it was made: the same input gives the same bytes */
  constructor({ made, title }: { title: string; made: Date }) {
    this.document = new PdfDocument({
      size: "A4",
      margin: PAGE.margin,
      pdfVersion: "1.7",
      tagged: true,
      lang: "en",
      displayTitle: true,
      font: "",
      info: { Title: title, Author: "Fleetgauge", CreationDate: made, ModDate: made },
    });
    for (const { content, name } of fontFiles()) this.document.registerFont(name, content);
    this.root = this.document.struct("Document");
    this.document.addStructure(this.root);
  }

  /** One thing that is read as a whole: a heading, a paragraph, or a figure with the words for it. */
  part(kind: "H1" | "H2" | "P" | "Figure" | "Table", draw: () => void, alt?: string): void {
    this.root.add(this.document.struct(kind, alt === undefined ? {} : { alt }, draw));
  }

  page(): void {
    this.document.addPage();
  }

  width(text: string, { size, weight = "regular" }: TextStyle): number {
    return textRuns(text, weight).reduce(
      (width, run) => width + this.document.font(run.font).fontSize(size).widthOfString(run.text, TEXT),
      0,
    );
  }

  /** One line; at the right edge where it is aligned so, and cut where it is wider than it may be. */
  line(text: string, x: number, y: number, style: TextStyle & { width?: number }): void {
    const { align = "left", color = INK.plain, size, weight = "regular", width } = style;
    const shown = width === undefined ? text : this.cut(text, width, style);
    let at = align === "right" ? x + (width ?? 0) - this.width(shown, style) : x;
    for (const run of textRuns(shown, weight)) {
      this.document
        .font(run.font)
        .fontSize(size)
        .fillColor(color)
        .text(run.text, at, y, { ...TEXT, lineBreak: false });
      at += this.document.widthOfString(run.text, TEXT);
    }
  }

  /** Lines of a text that is as wide as it may be. @returns where the next thing begins */
  paragraph(text: string, x: number, y: number, width: number, style: TextStyle): number {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
      if (this.width(longer, style) > width && lines.at(-1) !== "") lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    const height = style.size * 1.35;
    for (const [index, line] of lines.entries()) this.line(line, x, y + index * height, style);
    return y + lines.length * height;
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    if (width > 0 && height > 0) this.document.rect(x, y, width, height).fill(color);
  }

  rule(x: number, y: number, width: number, color: string = INK.line): void {
    this.document
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.5)
      .stroke(color);
  }

  upright(x: number, y: number, height: number, color: string = INK.plain): void {
    this.document
      .moveTo(x, y)
      .lineTo(x, y + height)
      .lineWidth(0.75)
      .stroke(color);
  }

  path(points: readonly (readonly [x: number, y: number])[], color: string): void {
    const [first, ...rest] = points;
    if (first === undefined) return;
    this.document.moveTo(first[0], first[1]);
    for (const [x, y] of rest) this.document.lineTo(x, y);
    this.document.lineWidth(1.5).stroke(color);
  }

  /** The bytes of the document; it takes nothing more. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    this.root.end();
    this.document.end();
    for await (const piece of this.document) yield new Uint8Array(piece as Buffer);
  }

  private cut(text: string, width: number, style: TextStyle): string {
    if (this.width(text, style) <= width) return text;
    let end = text.length;
    while (end > 1 && this.width(`${text.slice(0, end)}…`, style) > width) end -= 1;
    return `${text.slice(0, end)}…`;
  }
}
