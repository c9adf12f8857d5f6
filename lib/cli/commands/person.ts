import { Command } from "commander";
import { recordAudit } from "@/lib/audit/record";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { AppError } from "@/lib/core/errors";
import { erasePerson } from "@/lib/facts/erase-person";
import { projectPending } from "@/lib/facts/project";

interface EraseFlags {
  org: string;
  login?: string;
  email?: string;
  json?: true;
}

/** `fleetgauge person erase` */
export function personCommand(context: CliContext): Command {
  const command = new Command("person").description("the data of one person");
  command
    .command("erase")
    .description("put a pseudonym in the place of a person, everywhere and for ever; no figure changes")
    .requiredOption("--org <slug>", "the organisation that they are in")
    .option("--login <login>", "their account at GitHub")
    .option("--email <address>", "an address of theirs")
    .option("--json", "print the result as JSON")
    .action(async ({ email, json, login, org }: EraseFlags) => {
      if (login === undefined && email === undefined) {
        throw new AppError({
          code: "bad_request",
          message: "Name the person by --login or --email.",
          pointer: "/login",
        });
      }
      const erasure = await withDatabase(context, async () => {
        const done = await erasePerson(
          org,
          { login, email },
          (client, { deliveries, events, pseudonym, repositories }) =>
            recordAudit(client, {
              actor: COMMAND_ACTOR,
              action: "person.erased",
              target: { kind: "person", id: pseudonym, name: `a person of ${org}` },
              after: { events, deliveries, repositories: repositories.length },
            }),
        );
        await projectPending();
        return done;
      });
      if (json === true) printJson(erasure);
      else {
        printLine(
          `${erasure.events} events of ${erasure.repositories.length} repositories name erased-${erasure.pseudonym} now; ${erasure.deliveries} deliveries are gone.`,
        );
        printLine("Older backups and files that were exported still name the person.");
      }
    });
  return command;
}
