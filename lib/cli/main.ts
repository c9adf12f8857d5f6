import { Command, CommanderError } from "commander";
import { AppError, errorCode, errorMessage } from "@/lib/core/errors";
import { CommandFailure } from "./command-failure";
import { adminCommand } from "./commands/admin";
import { backupCommand, restoreCommand } from "./commands/backup";
import { doctorCommand } from "./commands/doctor";
import { githubCommand, syncCommand } from "./commands/github";
import { importCommand } from "./commands/import";
import { keysCommand } from "./commands/keys";
import { organizationCommand } from "./commands/organization";
import { personCommand } from "./commands/person";
import { projectCommand } from "./commands/project";
import { rebuildCommand } from "./commands/rebuild";
import { sampleCommand } from "./commands/sample";
import { scoreCommand } from "./commands/score";
import { tokenCommand } from "./commands/token";
import { verifyCommand } from "./commands/verify";
import type { CliContext } from "./context";

const EXIT_OK = 0;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** One line per command; each is a file of `commands/` that makes a commander Command from the context. */
const COMMANDS: readonly ((context: CliContext) => Command)[] = [
  importCommand,
  githubCommand,
  syncCommand,
  sampleCommand,
  projectCommand,
  rebuildCommand,
  verifyCommand,
  scoreCommand,
  keysCommand,
  personCommand,
  adminCommand,
  tokenCommand,
  organizationCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
];

function createProgram(context: CliContext): Command {
  const program = new Command("fleetgauge")
    .description("What coding agents ship, how often it is taken back, and whether it pays.")
    .version(context.version)
    .showHelpAfterError("(fleetgauge --help lists the commands)");
  for (const make of COMMANDS) program.addCommand(make(context));
  throwInsteadOfExit(program);
  return program;
}

/** Commander would end the process by itself, before the database is closed. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInsteadOfExit(child);
}

/** Codes by which a database says that it cannot be reached or does not let us in. */
const REFUSALS = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ETIMEDOUT",
  "28P01",
  "28000",
  "3D000",
  "57P03",
]);

/** One sentence for a database that cannot be used, or null when the error is another one. */
function databaseRefusal(error: unknown): string | null {
  const code = errorCode(error);
  if (code === null || !REFUSALS.has(code)) return null;
  return `The database cannot be used: ${errorMessage(error) || code}. Check DATABASE_URL.`;
}

/**
 * Runs one command line.
 * @param args without the names of Node.js and the script
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function main(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: "user" });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    if (error instanceof CommandFailure) return EXIT_FAILED;
    const refused = databaseRefusal(error);
    if (refused !== null) {
      process.stderr.write(`fleetgauge: ${refused}\n`);
      return EXIT_FAILED;
    }
    const known = error instanceof AppError;
    const text = known || !(error instanceof Error) ? errorMessage(error) : (error.stack ?? error.message);
    process.stderr.write(`fleetgauge: ${text}\n`);
    return known && error.code === "bad_request" ? EXIT_USAGE : EXIT_FAILED;
  }
}
