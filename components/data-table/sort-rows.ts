/** What a row is sorted by; null is missing. */
export type SortValue = string | number | null;

export interface DataTableSort {
  id: string;
  desc: boolean;
}

/** Numbers inside of words count as numbers: "team 2" stands before "team 10". */
const words = new Intl.Collator("en", { numeric: true });

/** The rows in the order of a column: numbers by size, words as a reader would, missing ones last either way. */
export function sortRows<Row>(rows: readonly Row[], readValue: (row: Row) => SortValue, desc: boolean): Row[] {
  const direction = desc ? -1 : 1;
  return rows
    .map((row) => ({ row, value: readValue(row) }))
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return direction * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b));
}

/** First the useful direction (numbers from the top, words from A), then the other, then the order that came. */
export function nextSort(current: DataTableSort | null, id: string, numeric: boolean): DataTableSort | null {
  if (current === null || current.id !== id) return { id, desc: numeric };
  return current.desc === numeric ? { id, desc: !numeric } : null;
}
