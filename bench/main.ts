import { Command, CommanderError } from "commander";
import { AppError } from "@/lib/core/errors";
import { allCommand } from "./commands/all";
import { browserCommand } from "./commands/browser";
import { explorerCommand } from "./commands/explorer";
import { growthCommand } from "./commands/growth";
import { ingestCommand } from "./commands/ingest";
import { loadCommand } from "./commands/load";
import { maintenanceCommand } from "./commands/maintenance";
import { queriesCommand } from "./commands/queries";
import { scaleOutCommand } from "./commands/scale-out";
import type { BenchContext } from "./context";

/** One line per command; each is a file of `commands/`. */
const COMMANDS: readonly ((context: BenchContext) => Command)[] = [
  loadCommand,
  queriesCommand,
  explorerCommand,
  maintenanceCommand,
  ingestCommand,
  growthCommand,
  browserCommand,
  scaleOutCommand,
];

function createProgram(context: BenchContext): Command {
  const program = new Command("bench")
    .description("Measures Fleetgauge on an invented company.")
    .showHelpAfterError("(npm run bench -- --help lists the commands)");
  program.addCommand(allCommand(context), { isDefault: true });
  for (const make of COMMANDS) program.addCommand(make(context));
  return program;
}

/** Commander would end the process by itself, before the database is stopped. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInsteadOfExit(child);
}

/**
 * Runs one command line of the benchmark.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function main(args: readonly string[], context: BenchContext): Promise<number> {
  try {
    const program = createProgram(context);
    throwInsteadOfExit(program);
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`bench: ${error.message}\n`);
    return error.code === "bad_request" ? 2 : 1;
  }
}
