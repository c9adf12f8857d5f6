import { Command } from "commander";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { createKey, listKeys, revokeKey } from "@/lib/auth/keys";
import { KEY_SCOPES, type KeyScope } from "@/lib/auth/roles";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { AppError } from "@/lib/core/errors";

function readScopes(names: readonly string[]): KeyScope[] {
  return names.map((name) => {
    const scope = KEY_SCOPES.find((known) => known === name);
    if (scope !== undefined) return scope;
    throw new AppError({
      code: "bad_request",
      message: `There is no scope "${name}": use ${KEY_SCOPES.join(", ")}.`,
      pointer: "/scope",
    });
  });
}

function readDays(text: string | undefined): number | null {
  if (text === undefined) return null;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days;
  throw new AppError({
    code: "bad_request",
    message: "--days must be a whole number from 1 to 3650.",
    pointer: "/days",
  });
}

/** `fleetgauge token create|list|revoke`: keys of the API. */
export function tokenCommand(context: CliContext): Command {
  const command = new Command("token").description("keys for programs that call the API");
  command
    .command("create")
    .description("make a key; it is printed this once")
    .requiredOption("--name <name>", "what it is for")
    .option("--scope <scope...>", `what it may do: ${KEY_SCOPES.join(", ")}`, ["reports:read"])
    .option("--days <n>", "days until it ends; without, it does not")
    .option("--json", "print the result as JSON")
    .action(async ({ days, json, name, scope }: { name: string; scope: string[]; days?: string; json?: true }) => {
      const asked = { name, scopes: readScopes(scope), expiresInDays: readDays(days) };
      const { id, key, signingSecret } = await withDatabase(context, () => createKey(COMMAND_ACTOR, asked));
      if (json === true) printJson({ id, key, signingSecret });
      else printLine(key);
    });
  command
    .command("list")
    .description("every key and when it was used last")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const items = await withDatabase(context, () => listKeys());
      if (json === true) printJson({ items });
      for (const { id, lastUsedAt, name, prefix, state } of json === true ? [] : items)
        printLine(`${id}  ${prefix}…  ${state.padEnd(8)}  last used ${lastUsedAt ?? "never"}  ${name}`);
    });
  command
    .command("revoke <id>")
    .description("end a key: the next request with it is refused")
    .action(async (id: string) => {
      await withDatabase(context, () => revokeKey(COMMAND_ACTOR, id));
      printLine("Revoked.");
    });
  return command;
}
