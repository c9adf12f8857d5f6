import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { AppError } from "@/lib/core/errors";
import { timeZoneSchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";

interface CreateFlags {
  name?: string;
  timeZone: string;
  json?: true;
}

function readTimeZone(text: string): string {
  const { data, error } = timeZoneSchema.safeParse(text);
  if (data !== undefined) return data;
  const message = `"${text}" ${error?.issues[0]?.message}.`;
  throw new AppError({ code: "bad_request", message, pointer: "/time-zone" });
}

/** `fleetgauge organization create`: for an organisation that neither GitHub nor an import brings, whose programs tell of it. */
export function organizationCommand(context: CliContext): Command {
  const command = new Command("organization").description("organisations whose programs tell of them (docs/events.md)");
  command
    .command("create <slug>")
    .description("make an organisation; one that is there stays as it is")
    .option("--name <name>", "what pages call it; the slug otherwise")
    .option("--time-zone <zone>", "whose days and weeks its figures go by", "UTC")
    .option("--json", "print the result as JSON")
    .action(async (slug: string, { json, name, timeZone }: CreateFlags) => {
      const zone = readTimeZone(timeZone);
      const made = await withDatabase(context, () =>
        ensureOrganization({ slug, timeZone: zone, ...(name !== undefined && { name }) }),
      );
      if (json === true) printJson({ slug: made.slug, name: made.name, timeZone: made.timeZone });
      else printLine(`Programs can tell of ${made.slug} now; its days are those of ${made.timeZone}.`);
    });
  return command;
}
