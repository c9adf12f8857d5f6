import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { projectPending } from "@/lib/facts/project";

/** `fleetgauge project` */
export function projectCommand(context: CliContext): Command {
  return new Command("project")
    .description("project the events that no projection has seen yet, as the worker does every minute")
    .action(async () => {
      const repositories = await withDatabase(context, () => projectPending());
      printLine(`${repositories} repositories had new events.`);
    });
}
