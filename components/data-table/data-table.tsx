"use client";

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/core/format";
import { type DataTableSort, nextSort, type SortValue, sortRows } from "./sort-rows";

export interface DataColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What the column is sorted by; a missing value stays last. Without it the column does not sort. */
  sortValue?: (row: Row) => SortValue;
  /** Numbers stand at the right. */
  align?: "right";
  /** This cell names the row. */
  rowHeader?: boolean;
  /** For instance `max-md:hidden` where the column is not worth a narrow screen, or a width where the table is `fixed`. */
  className?: string;
}

/**
 * A table whose heads sort. With `onSort` the order is the server's (rows come sorted, `sort` says how); without it the
 * rows are sorted here. `caption` is read out and not shown.
 */
export function DataTable<Row extends object>({
  caption,
  columns,
  rows,
  foot = [],
  rowKey,
  sort = null,
  onSort,
  headless = false,
  fixed = false,
  fold,
}: {
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  /** Rows below all others that are never sorted or folded, such as a total. */
  foot?: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: DataTableSort | null;
  onSort?: (sort: DataTableSort | null) => void;
  /** The head is there but not seen, for a table that goes on below another one. */
  headless?: boolean;
  /** Columns are as wide as their classes say, whatever the rows hold, so that rows that come later move nothing. */
  fixed?: boolean;
  /** Rows that show before the reader asks for all of them; the order is over all rows either way. */
  fold?: number;
}) {
  const [unfolded, setUnfolded] = useState(false);
  const [own, setOwn] = useState<DataTableSort | null>(sort);
  const current = onSort === undefined ? own : sort;
  const change = (id: string) => {
    const next = nextSort(current, id, columns.find((column) => column.id === id)?.align === "right");
    if (onSort === undefined) setOwn(next);
    else onSort(next);
  };
  const sorted = useMemo(() => {
    const sortValue = columns.find((column) => column.id === own?.id)?.sortValue;
    return onSort !== undefined || own === null || sortValue === undefined ? rows : sortRows(rows, sortValue, own.desc);
  }, [columns, rows, onSort, own]);
  // A button that hides one row is longer than the row.
  const folds = fold !== undefined && !unfolded && sorted.length > fold + 1;
  const content = (
    <div className="relative w-full overflow-x-auto">
      <table className={cn("num comes-whole w-full text-sm", fixed && "table-fixed")}>
        <caption className="sr-only">{caption}</caption>
        {fixed && (
          <colgroup>
            {columns.map(({ className, id }) => (
              <col key={id} className={className} />
            ))}
          </colgroup>
        )}
        <thead className={cn("text-ink-3", headless && "sr-only")}>
          <tr className="border-b">
            {columns.map((column) => (
              <ColumnHead key={column.id} column={column} sort={current} onSort={() => change(column.id)} />
            ))}
          </tr>
        </thead>
        <tbody className="[&_tr:last-child]:border-0">
          {(folds ? sorted.slice(0, fold) : sorted).map((row) => (
            <tr key={rowKey(row)} className="border-b transition-colors hover:bg-sunken/60">
              {columns.map((column) => (
                <Cell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        {/* Also without rows: with it the whole table is there (see `comes-whole`). */}
        <tfoot className={cn(foot.length > 0 && "border-t font-medium")}>
          {foot.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <Cell key={column.id} column={column} row={row} isFoot />
              ))}
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
  if (!folds) return content;
  return (
    <>
      {content}
      <Button
        variant="ghost"
        size="sm"
        className="mt-1 -ml-2.5 self-start text-ink-2"
        onClick={() => setUnfolded(true)}
      >
        Show all {formatCount(sorted.length)}
      </Button>
    </>
  );
}

function Cell<Row>({ column, row, isFoot = false }: { column: DataColumn<Row>; row: Row; isFoot?: boolean }) {
  const className = cn(
    "py-[7px] pr-3 align-top last:pr-0",
    column.align === "right" && "text-right whitespace-nowrap",
    column.className,
  );
  if (column.rowHeader !== true) return <td className={className}>{column.cell(row)}</td>;
  return (
    <th
      scope="row"
      className={cn(isFoot ? "font-medium" : "font-normal", column.align !== "right" && "text-left", className)}
    >
      {column.cell(row)}
    </th>
  );
}

function ColumnHead<Row>({
  column,
  sort,
  onSort,
}: {
  column: DataColumn<Row>;
  sort: DataTableSort | null;
  onSort: () => void;
}) {
  const className = cn(
    "h-8 pr-3 align-bottom text-note font-medium whitespace-nowrap last:pr-0",
    column.align === "right" ? "text-right" : "text-left",
    column.className,
  );
  if (column.sortValue === undefined) {
    return (
      <th scope="col" className={className}>
        <span className="inline-flex min-h-6 items-center">{column.header}</span>
      </th>
    );
  }
  const direction = sort?.id === column.id ? (sort.desc ? "descending" : "ascending") : undefined;
  const Arrow = direction === "descending" ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th scope="col" aria-sort={direction ?? "none"} className={className}>
      <button
        type="button"
        onClick={onSort}
        className={cn(
          "group -mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-ink",
          column.align === "right" && "flex-row-reverse",
          direction !== undefined && "text-ink",
        )}
      >
        {column.header}
        <Arrow
          aria-hidden="true"
          className={cn(
            "size-3",
            direction === undefined && "opacity-0 group-hover:opacity-40 group-focus-visible:opacity-40",
          )}
        />
      </button>
    </th>
  );
}
