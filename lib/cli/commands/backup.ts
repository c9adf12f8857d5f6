import path from "node:path";
import { Command } from "commander";
import { auditKeyOpens } from "@/lib/audit/audit-key";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { formatCount } from "@/lib/core/format";
import { restoreBackup } from "@/lib/db/backup/restore-backup";
import { writeBackup } from "@/lib/db/backup/write-backup";

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** `fleetgauge backup <file>` */
export function backupCommand(context: CliContext): Command {
  return new Command("backup")
    .description("write everything as of now into one file, while the product runs")
    .argument("<file>", "where to; it has this name once it is whole")
    .option("--json", "print the result as JSON")
    .action(async (file: string, { json }: { json?: true }) => {
      const target = path.resolve(context.cwd, file);
      const { version } = context;
      const report = await withDatabase(context, () => writeBackup(target, { version, now: new Date() }));
      if (json === true) printJson({ file: target, ...report });
      else {
        printLine(`${formatCount(report.rows)} rows of ${report.tables} tables, ${megabytes(report.bytes)}: ${target}`);
        printLine("Keep FLEETGAUGE_SECRET apart from it: without it no token and no key of the backup can be opened.");
      }
    });
}

/** `fleetgauge restore <file>` */
export function restoreCommand(context: CliContext): Command {
  return new Command("restore")
    .description("fill a new database from a backup of the same version, all of it or nothing")
    .argument("<file>", "what `fleetgauge backup` wrote")
    .option("--json", "print the result as JSON")
    .action(async (file: string, { json }: { json?: true }) => {
      const result = await withDatabase(context, async () => {
        const report = await restoreBackup(path.resolve(context.cwd, file));
        return { ...report, secretFits: await auditKeyOpens() };
      });
      if (json === true) printJson(result);
      else {
        printLine(`${formatCount(result.rows)} rows of ${result.tables} tables, as of ${result.createdAt}.`);
        printLine(
          result.secretFits
            ? "`fleetgauge verify` compares the facts with the log and checks the audit log."
            : "FLEETGAUGE_SECRET is another than when the backup was made: tokens and keys cannot be opened with it.",
        );
      }
    });
}
