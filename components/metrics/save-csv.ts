import { CSV_MARK, type CsvValue, csvLine } from "@/lib/core/csv-cell";
import { downloadBlob, fileName } from "./download-blob";

/** Hands the rows of a panel, the head first, to the reader as a file. */
export function saveCsv(rows: readonly (readonly CsvValue[])[], title: string): void {
  downloadBlob(new Blob([CSV_MARK, ...rows.map(csvLine)], { type: "text/csv;charset=utf-8" }), fileName(title, "csv"));
}
