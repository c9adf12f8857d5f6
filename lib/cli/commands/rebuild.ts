import { availableParallelism } from "node:os";
import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { startProjectors } from "@/lib/cli/projector-processes";
import { steppedProgress } from "@/lib/cli/stepped-progress";
import { withDatabase } from "@/lib/cli/with-database";
import { rebuildFacts } from "@/lib/facts/project";

/** Fewer repositories than this are done before another process has started. */
const WORTH_ANOTHER_PROCESS = 20;
const MOST_PROCESSES = 8;

/** Processes besides this one: the rules take four times as long as the database needs to read and compare. */
function helpersFor(repositories: number): number {
  if (repositories < WORTH_ANOTHER_PROCESS) return 0;
  return Math.min(availableParallelism(), MOST_PROCESSES) - 1;
}

/** `fleetgauge rebuild` */
export function rebuildCommand(context: CliContext): Command {
  return new Command("rebuild")
    .description("make all facts again from the event log; readers see the old ones until each repository is done")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const progress = steppedProgress();
      const repositories = await withDatabase(context, async () => {
        let others = Promise.resolve();
        const count = await rebuildFacts({
          onProgress: (key, done, total) => progress.update(key.repo, done, total),
          onRequested: (requested) => {
            others = startProjectors(context, helpersFor(requested));
          },
        });
        await others;
        return count;
      }).finally(progress.close);
      if (json === true) printJson({ repositories });
      else printLine(`Facts of ${repositories} repositories are made again.`);
    });
}
