import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import type { CompanySize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { type Report, renderTable, tableRecords } from "./report";

const GIGABYTE = 1_073_741_824;

/** What the figures were measured on. */
function machine() {
  const [first] = cpus();
  return {
    cores: cpus().length,
    cpu: first?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / GIGABYTE),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}

/** Prints reports as text on stdout and writes them as JSON where a file is named. */
export function writeReports(
  context: BenchContext,
  reports: readonly Report[],
  { json, size }: { json?: string | undefined; size?: CompanySize },
): void {
  const { cores, cpu, memoryGb, node } = machine();
  process.stdout.write(`\n${cores} cores (${cpu}), ${memoryGb} GB, Node.js ${node}\n`);
  for (const { command, tables } of reports) {
    process.stdout.write(`\n# ${command}\n\n`);
    for (const table of tables) process.stdout.write(`${renderTable(table)}\n`);
  }
  if (json === undefined) return;
  const document = {
    measuredAt: new Date().toISOString(),
    machine: machine(),
    size,
    reports: reports.map(({ command, tables }) => ({
      command,
      tables: tables.map((table) => ({ title: table.title, notes: table.notes ?? [], rows: tableRecords(table) })),
    })),
  };
  writeFileSync(path.resolve(context.cwd, json), `${JSON.stringify(document, null, 2)}\n`);
}
