import { Command } from "commander";
import { makeResetLink } from "@/lib/auth/invitations";
import { COMMAND_MANAGER } from "@/lib/auth/manager";
import { isRole, ROLES } from "@/lib/auth/roles";
import { createUser, findUserByEmail } from "@/lib/auth/users";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { readSecret } from "@/lib/cli/read-secret";
import { withDatabase } from "@/lib/cli/with-database";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

interface CreateFlags {
  email: string;
  name?: string;
  role: string;
  passwordFile: string;
  json?: true;
}

/** `fleetgauge admin create|reset-password` */
export function adminCommand(context: CliContext): Command {
  const command = new Command("admin").description("users, from the command line of the machine");
  command
    .command("create")
    .description("make a user, an owner unless a role is given")
    .requiredOption("--email <address>", "the address to sign in with")
    .requiredOption("--password-file <file>", "file with the password, - for stdin")
    .option("--name <name>", "what others call them; the address says it otherwise")
    .option("--role <role>", ROLES.join(", "), "owner")
    .option("--json", "print the result as JSON")
    .action(async ({ email, json, name = email.split("@")[0] ?? email, passwordFile, role }: CreateFlags) => {
      if (!isRole(role)) {
        const message = `There is no role "${role}": use one of ${ROLES.join(", ")}.`;
        throw new AppError({ code: "bad_request", message, pointer: "/role" });
      }
      const password = await readSecret(context.cwd, passwordFile, "/password-file");
      const id = await withDatabase(context, () =>
        createUser(COMMAND_MANAGER, { email, name, password, role, teamIds: [] }),
      );
      if (json === true) printJson({ id, email, role });
      else printLine(`${email} can sign in as ${role}.`);
    });
  command
    .command("reset-password <email>")
    .description("make a link with which a user chooses a new password")
    .option("--json", "print the result as JSON")
    .action(async (email: string, { json }: { json?: true }) => {
      const { token } = await withDatabase(context, async () =>
        makeResetLink(COMMAND_MANAGER, (await findUserByEmail(email)).id),
      );
      const link = `${env().appUrl}/join#${token}`;
      if (json === true) printJson({ email, link });
      else printLine(`Valid for a week, once: ${link}`);
    });
  return command;
}
