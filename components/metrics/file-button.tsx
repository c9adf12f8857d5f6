"use client";

import type { CsvValue } from "@/lib/core/csv-cell";

/** Rows of a file, the head first; made when somebody asks for them. */
export type FileRows = () => readonly (readonly CsvValue[])[];

/** Saves what a panel shows as a CSV file, where no address of the server gives it. */
export function FileButton({ rows, title }: { rows: FileRows; title: string }) {
  return (
    <button
      type="button"
      className="inline-flex min-h-6 items-center rounded-md px-1.5 text-note text-ink-3 hover:bg-sunken hover:text-ink"
      onClick={async () => {
        const { saveCsv } = await import("./save-csv");
        saveCsv(rows(), title);
      }}
    >
      CSV
    </button>
  );
}
