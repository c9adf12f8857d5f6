import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { steppedProgress } from "@/lib/cli/stepped-progress";
import { withDatabase } from "@/lib/cli/with-database";
import { loadSampleFleet } from "@/lib/ingest/sample-fleet";
import { removeSampleOrganizations } from "@/lib/settings/sample";

/** `fleetgauge sample load|remove` */
export function sampleCommand(context: CliContext): Command {
  const command = new Command("sample").description("the sample fleet: an invented company to look at");
  command
    .command("load")
    .description("load it; loading again changes nothing")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const progress = steppedProgress();
      const result = await withDatabase(context, () => loadSampleFleet(progress.update)).finally(progress.close);
      if (json === true) printJson(result);
      else printLine(result.added ? "The sample fleet is loaded." : "The sample fleet was there already.");
    });
  command
    .command("remove")
    .description("remove it and all that belongs to it")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const removed = await withDatabase(context, () => removeSampleOrganizations());
      if (json === true) printJson({ removed });
      else printLine(removed > 0 ? "The sample fleet is removed." : "There was no sample fleet.");
    });
  return command;
}
