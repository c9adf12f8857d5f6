import { copyCeiling } from "@/bench/database/copy-ceiling";
import { readTableSizes, type TableSize } from "@/bench/database/table-sizes";
import type { CellValue, ReportTable } from "@/bench/report/report";
import { type LoadStep, STEP_TABLES } from "./load-company";

const MEGABYTE = 1_048_576;
/** Below this many rows a rate says nothing. */
const FEWEST_ROWS = 1_000;

interface Measured extends TableSize {
  /** Rows per second by COPY; null where there are too few to tell. */
  ceiling: number | null;
}

async function withCeilings(sizes: readonly TableSize[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const size of sizes) {
    measured.push({ ...size, ceiling: size.rows < FEWEST_ROWS ? null : await copyCeiling(size.table) });
  }
  return measured;
}

function stepRow({ events, name, seconds }: LoadStep, tables: readonly Measured[]): CellValue[] {
  const filled: readonly string[] = STEP_TABLES[name];
  const own = tables.filter(({ table }) => filled.includes(table));
  const rows = own.reduce((sum, table) => sum + table.rows, 0);
  const copySeconds = own.reduce((sum, table) => sum + (table.ceiling === null ? 0 : table.rows / table.ceiling), 0);
  const log = tables.find(({ table }) => table === "event")?.ceiling ?? null;
  const rate = events / seconds;
  const measured = events > 0;
  return [
    name,
    measured ? events : null,
    measured ? rows : null,
    seconds,
    measured ? rate : null,
    measured && log !== null ? rate / log : null,
    measured ? copySeconds / seconds : null,
  ];
}

/** What a load made: steps with rates, tables with sizes and this machine's own ceiling for their rows. */
export async function loadTables(steps: readonly LoadStep[]): Promise<ReportTable[]> {
  const tables = await withCeilings(await readTableSizes());
  return [
    {
      title: "Load",
      columns: ["step", "events", "rows", "seconds", "events/s", "to COPY of events", "to COPY of its rows"],
      rows: steps.map((step) => stepRow(step, tables)),
      notes: [
        "A merged pull request is two events of the log. COPY: the same rows as text that is in memory already, into a",
        "plain table without an index; the last two columns are ratios to it.",
      ],
    },
    {
      title: "Tables",
      columns: ["table", "rows", "MB with indexes", "bytes per row", "COPY rows/s"],
      rows: tables.map(({ bytes, ceiling, rows, table }) => [
        table,
        rows,
        bytes / MEGABYTE,
        bytes / Math.max(1, rows),
        ceiling,
      ]),
    },
  ];
}
