import { Command } from "commander";
import { CommandFailure } from "@/lib/cli/command-failure";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { rotateSealedSecrets } from "@/lib/settings/secrets/rotate";

/** `fleetgauge keys rotate` */
export function keysCommand(context: CliContext): Command {
  const command = new Command("keys").description("the key that tokens and secrets are sealed with");
  command
    .command("rotate")
    .description(
      "seal everything anew with FLEETGAUGE_SECRET; FLEETGAUGE_PREVIOUS_SECRETS opens what was sealed before",
    )
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const { current, lost, resealed } = await withDatabase(context, () => rotateSealedSecrets());
      if (json === true) printJson({ resealed, current, lost });
      else {
        printLine(`${resealed} sealed anew, ${current} were sealed with this key already.`);
        for (const place of lost) printLine(`  lost: no key opens ${place}; enter it again`);
        if (lost.length === 0) printLine("Earlier secrets are no longer needed.");
      }
      if (lost.length > 0) throw new CommandFailure();
    });
  return command;
}
