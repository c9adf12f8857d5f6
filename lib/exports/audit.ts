import type { AuditItem } from "@/lib/audit/types";
import { type CsvColumn, csvLines } from "./csv";
import type { Download } from "./download";

const COLUMNS: readonly CsvColumn<AuditItem>[] = [
  { head: "line", value: ({ seq }) => seq },
  { head: "at", value: ({ at }) => at },
  { head: "actor_kind", value: ({ actor }) => actor.kind },
  { head: "actor_id", value: ({ actor }) => actor.id },
  { head: "actor", value: ({ actor }) => actor.name },
  { head: "address", value: ({ actor }) => actor.address },
  { head: "user_agent", value: ({ actor }) => actor.userAgent },
  { head: "action", value: ({ action }) => action },
  { head: "target_kind", value: ({ target }) => target.kind },
  { head: "target_id", value: ({ target }) => target.id },
  { head: "target", value: ({ target }) => target.name },
  { head: "before", value: ({ before }) => (before === null ? null : JSON.stringify(before)) },
  { head: "after", value: ({ after }) => (after === null ? null : JSON.stringify(after)) },
  { head: "hash", value: ({ hash }) => hash },
];

/** The audit log as CSV, the newest line first. */
export function auditDownload(lines: AsyncIterable<AuditItem>): Download {
  return {
    fileName: "fleetgauge-audit.csv",
    contentType: "text/csv; charset=utf-8",
    chunks: csvLines(COLUMNS, lines),
  };
}
