import type { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { INK, INNER, PAGE, type SheetWriter } from "@/lib/exports/pdf/sheet-writer";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import type { MonteCarlo } from "@/lib/roi/engine/monte-carlo";
import type { ModelResult } from "@/lib/roi/engine/run-model";

/** The left edge of everything. */
export const LEFT = PAGE.margin;

/** What the two pages are drawn from. */
export interface Drawn {
  writer: SheetWriter;
  report: RoiReport;
  currency: string;
  result: ModelResult;
  chance: MonteCarlo;
  /** 0..1: how much of what is added up rests on assumptions. */
  assumed: number;
}

/** Minor units as a number of major ones, to be drawn. */
export const major = (minor: Decimal, currency: string): number => toMajor(minor, currency).toNumber();

/** A heading with one line below it. @returns where the next thing begins */
export function heading(writer: SheetWriter, text: string, note: string, y: number): number {
  writer.part("H2", () => writer.line(text, LEFT, y, { size: 12, weight: "strong" }));
  writer.part("P", () => writer.line(note, LEFT, y + 17, { size: 8.5, color: INK.soft, width: INNER }));
  return y + 34;
}
