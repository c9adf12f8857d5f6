import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { steppedProgress } from "@/lib/cli/stepped-progress";
import { withDatabase } from "@/lib/cli/with-database";
import { rebuildFacts } from "@/lib/facts/project";

/** `fleetgauge rebuild` */
export function rebuildCommand(context: CliContext): Command {
  return new Command("rebuild")
    .description("make all facts again from the event log; readers see the old ones until each repository is done")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const progress = steppedProgress();
      const repositories = await withDatabase(context, () =>
        rebuildFacts((key, done, total) => progress.update(key.repo, done, total)),
      ).finally(progress.close);
      if (json === true) printJson({ repositories });
      else printLine(`Facts of ${repositories} repositories are made again.`);
    });
}
