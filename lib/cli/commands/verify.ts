import { Command } from "commander";
import { CommandFailure } from "@/lib/cli/command-failure";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { verifyFacts } from "@/lib/facts/verify";

/** `fleetgauge verify` */
export function verifyCommand(context: CliContext): Command {
  return new Command("verify")
    .description("make all facts from the event log again, compare them with the stored ones, keep nothing")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const result = await withDatabase(context, () => verifyFacts());
      if (json === true) printJson(result);
      else {
        for (const { repo, tables } of result.mismatches)
          printLine(`${repo}: ${tables.join(", ")} differ from the log`);
        printLine(`${result.checked} repositories checked, ${result.mismatches.length} differ.`);
      }
      if (result.mismatches.length > 0) throw new CommandFailure();
    });
}
