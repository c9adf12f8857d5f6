import { statfs } from "node:fs/promises";
import { Command } from "commander";
import { CommandFailure } from "@/lib/cli/command-failure";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { env } from "@/lib/core/env";
import { errorMessage } from "@/lib/core/errors";
import { NOTABLE_LAG_SECONDS } from "@/lib/core/replica-lag";
import { checkServer } from "@/lib/db/check-server";
import { migrationState, migrationsDirectory } from "@/lib/db/migrate";
import { getPool } from "@/lib/db/pool";
import { examineReplica } from "@/lib/db/read-pool";
import { canBecomeReader, MAKE_READER_ROLE, READER_ROLE } from "@/lib/db/reader-role";

type Check = { name: string; status: "ok" | "warning" | "failed"; detail: string };

const LOW_DISK_BYTES = 2 * 1024 ** 3;

async function checkDisk(directory: string): Promise<Check> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${directory}`;
  return { name: "disk", status: free < LOW_DISK_BYTES ? "warning" : "ok", detail };
}

function describeLag(lagSeconds: number | null): string {
  if (lagSeconds === null) return "has replayed nothing since it was started";
  return lagSeconds === 0 ? "is up to date" : `is ${lagSeconds.toFixed(1)} s behind`;
}

/** Nothing when no replica is configured. */
async function checkReplica(): Promise<Check[]> {
  try {
    const replica = await examineReplica();
    if (replica === null) return [];
    const late = replica.lagSeconds === null || replica.lagSeconds > NOTABLE_LAG_SECONDS;
    const detail = `${replica.name} ${describeLag(replica.lagSeconds)}`;
    return [{ name: "replica", status: late ? "warning" : "ok", detail }];
  } catch (error) {
    return [{ name: "replica", status: "failed", detail: errorMessage(error) }];
  }
}

async function checkDatabase(url: string, root: string): Promise<Check[]> {
  const facts = await checkServer(url);
  const { applied, pending, problems } = await migrationState(getPool(), migrationsDirectory(root));
  const migrations: Check = {
    name: "migrations",
    status: pending.length + problems.length > 0 ? "failed" : "ok",
    detail: [...problems, ...pending.map((name) => `${name} is pending`)].join("; ") || `${applied.length} applied`,
  };
  const durability: Check = {
    name: "durability",
    status: facts.warnings.length > 0 ? "warning" : "ok",
    detail:
      facts.warnings.join(" ") ||
      Object.entries(facts.settings)
        .map(([name, value]) => `${name}=${value}`)
        .join(", "),
  };
  const hasReader = await canBecomeReader(getPool());
  const wall: Check = {
    name: "row level security",
    status: hasReader ? "ok" : "warning",
    detail: hasReader
      ? `reads as ${READER_ROLE} for whoever sees some teams`
      : `a superuser has to make its role: ${MAKE_READER_ROLE}`,
  };
  return [
    { name: "database", status: "ok", detail: `PostgreSQL ${facts.version}, database ${facts.database}` },
    durability,
    migrations,
    wall,
    ...(await checkReplica()),
  ];
}

async function examine(context: CliContext): Promise<Check[]> {
  const checks: Check[] = [
    { name: "fleetgauge", status: "ok", detail: context.version },
    { name: "node", status: "ok", detail: `${process.versions.node} on ${process.platform}-${process.arch}` },
  ];
  try {
    checks.push(...(await withDatabase(context, (url) => checkDatabase(url, context.root))));
  } catch (error) {
    checks.push({ name: "database", status: "failed", detail: errorMessage(error) });
  }
  checks.push(
    await checkDisk(env().dataDir).catch(() => ({
      name: "disk",
      status: "warning" as const,
      detail: `${env().dataDir} does not exist yet`,
    })),
  );
  return checks;
}

/** `fleetgauge doctor`: looks at everything that an installation stands on; exit code 1 when something is broken. */
export function doctorCommand(context: CliContext): Command {
  return new Command("doctor")
    .description("check Node.js, the database, its durability settings, migrations, the read replica and disk space")
    .option("--json", "print the result as JSON")
    .action(async (options: { json?: boolean }) => {
      const checks = await examine(context);
      if (options.json === true) printJson({ checks });
      else {
        const marks = { ok: "✓", warning: "!", failed: "✗" };
        for (const { name, status, detail } of checks) printLine(`${marks[status]} ${name.padEnd(18)} ${detail}`);
      }
      if (checks.some(({ status }) => status === "failed")) throw new CommandFailure("doctor found a failure");
    });
}
