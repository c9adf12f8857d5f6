"use client";

import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount } from "@/lib/core/format";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

export interface DataColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What the column is sorted by; a missing value stays last. Without it the column does not sort. */
  sortValue?: (row: Row) => string | number | null;
  /** Numbers stand at the right. */
  align?: "right";
  /** This cell names the row. */
  rowHeader?: boolean;
  /** For instance `max-md:hidden` where the column is not worth a narrow screen. */
  className?: string;
}

export interface DataTableSort {
  id: string;
  desc: boolean;
}

/**
 * A table whose heads sort. With `onSort` the order is the server's (rows come sorted, `sort` says how); without it the
 * rows are sorted here. `caption` is read out and not shown.
 */
export function DataTable<Row extends object>({
  caption,
  columns,
  rows,
  rowKey,
  sort = null,
  onSort,
  headless = false,
  fold,
}: {
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: DataTableSort | null;
  onSort?: (sort: DataTableSort | null) => void;
  /** The head is there but not seen, for a table that goes on below another one. */
  headless?: boolean;
  /** Rows that show before the reader asks for all of them; the order is over all rows either way. */
  fold?: number;
}) {
  const [unfolded, setUnfolded] = useState(false);
  const [own, setOwn] = useState<DataTableSort | null>(sort);
  const current = onSort === undefined ? own : sort;
  const sorting = useMemo<SortingState>(() => (current === null ? [] : [current]), [current]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.sortValue?.(row) ?? undefined,
        enableSorting: column.sortValue !== undefined,
        sortUndefined: "last" as const,
      })),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    state: { sorting },
    manualSorting: onSort !== undefined,
    getRowId: rowKey,
  });
  const change = (id: string) => {
    const next = nextSort(current, id, columns.find((column) => column.id === id)?.align === "right");
    if (onSort === undefined) setOwn(next);
    else onSort(next);
  };
  const sorted = table.getRowModel().rows;
  // A button that hides one row is longer than the row.
  const folds = fold !== undefined && !unfolded && sorted.length > fold + 1;
  const content = (
    <Table className="num">
      <TableCaption className="sr-only">{caption}</TableCaption>
      <TableHeader className={cn(headless && "sr-only")}>
        <TableRow className="hover:bg-transparent">
          {columns.map((column) => (
            <ColumnHead key={column.id} column={column} sort={current} onSort={() => change(column.id)} />
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {(folds ? sorted.slice(0, fold) : sorted).map((row) => (
          <TableRow key={row.id} className="hover:bg-sunken/60">
            {columns.map((column) => {
              const className = cn(
                "px-0 py-[7px] pr-3 align-top whitespace-normal last:pr-0",
                column.align === "right" && "text-right whitespace-nowrap",
                column.className,
              );
              return column.rowHeader === true ? (
                <th key={column.id} scope="row" className={cn(className, "text-left font-normal")}>
                  {column.cell(row.original)}
                </th>
              ) : (
                <TableCell key={column.id} className={className}>
                  {column.cell(row.original)}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
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

/** First the useful direction (numbers from the top, words from A), then the other, then the order that came. */
function nextSort(current: DataTableSort | null, id: string, numeric: boolean): DataTableSort | null {
  if (current === null || current.id !== id) return { id, desc: numeric };
  return current.desc === numeric ? { id, desc: !numeric } : null;
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
    "h-8 px-0 pr-3 align-bottom text-note font-medium text-ink-3 last:pr-0",
    column.align === "right" && "text-right",
    column.className,
  );
  if (column.sortValue === undefined) {
    return (
      <TableHead scope="col" className={className}>
        <span className="inline-flex min-h-6 items-center">{column.header}</span>
      </TableHead>
    );
  }
  const direction = sort?.id === column.id ? (sort.desc ? "descending" : "ascending") : undefined;
  const Arrow = direction === "descending" ? ArrowDownIcon : ArrowUpIcon;
  return (
    <TableHead scope="col" aria-sort={direction ?? "none"} className={className}>
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
    </TableHead>
  );
}
