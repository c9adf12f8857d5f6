import { z } from "zod";

/** How a backup begins: what it takes to restore it. */
export const backupHeaderSchema = z.object({
  format: z.literal("fleetgauge-backup-1"),
  version: z.string(),
  migrations: z.array(z.string()),
  createdAt: z.iso.datetime(),
});

export const backupTableSchema = z.object({ name: z.string(), columns: z.array(z.string()).min(1) });

/** How it ends: rows by table. */
export const backupEndSchema = z.object({ rows: z.record(z.string(), z.int()) });

export type BackupHeader = z.output<typeof backupHeaderSchema>;
