import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine, printPairs } from "@/lib/cli/output";
import { readSecret } from "@/lib/cli/read-secret";
import { steppedProgress } from "@/lib/cli/stepped-progress";
import { withDatabase } from "@/lib/cli/with-database";
import { clientOf, clientWith } from "@/lib/connections/client-of";
import { connectAccount } from "@/lib/connections/connect";
import { pauseConnection, resumeConnection } from "@/lib/connections/control";
import { githubToken } from "@/lib/connections/schema";
import { countRefetches, listSyncStatus } from "@/lib/connections/sync-status";
import type { SyncStatus } from "@/lib/connections/types";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { projectPending } from "@/lib/facts/project";
import { ConnectionLocks, syncWithLock } from "@/lib/ingest/github/sync-lock";
import { type Connection, listConnections } from "@/lib/settings/github/connections";
import { selectionSchema } from "@/lib/settings/github/selection";

const ALL = 1_000_000;

interface ConnectFlags {
  tokenFile: string;
  apiUrl?: string;
  only?: string[];
  include?: string[];
  exclude?: string[];
  days?: string;
  json?: true;
}

async function readToken(cwd: string, file: string): Promise<string> {
  const token = githubToken.safeParse(await readSecret(cwd, file, "/token-file"));
  if (token.success) return token.data;
  throw new AppError({ code: "bad_request", message: `${file} holds no token.`, pointer: "/token-file" });
}

function selectionOf({ exclude, include, only }: ConnectFlags) {
  const chosen =
    only !== undefined
      ? { mode: "some", repositories: only }
      : include !== undefined || exclude !== undefined
        ? { mode: "pattern", include: include ?? ["*"], exclude: exclude ?? [] }
        : { mode: "all" };
  const parsed = selectionSchema.safeParse(chosen);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError({
    code: "bad_request",
    message: `The choice of repositories ${issue?.message ?? "is wrong"}.`,
    pointer: "/selection",
  });
}

function daysOf(days: string | undefined): number | null {
  if (days === undefined) return null;
  if (/^[1-9]\d{0,4}$/.test(days)) return Number(days);
  throw new AppError({ code: "bad_request", message: "--days takes a whole number of days.", pointer: "/days" });
}

function connectCommand(context: CliContext): Command {
  return new Command("connect")
    .description("follow an organisation or a user with a fine-grained token")
    .argument("<account>", "login of the organisation or user")
    .requiredOption("--token-file <file>", "file that holds the token; - reads it from stdin")
    .option("--api-url <url>", "API of a GitHub Enterprise Server: https://<host>/api/v3 (default: GITHUB_API_URL)")
    .option("--only <names...>", "these repositories alone")
    .option("--include <patterns...>", "repositories whose names match, as `api-*`")
    .option("--exclude <patterns...>", "but not these")
    .option("--days <number>", "days of history (default: all)")
    .option("--json", "print the result as JSON")
    .action(async (account: string, flags: ConnectFlags) => {
      const token = await readToken(context.cwd, flags.tokenFile);
      const apiUrl = (flags.apiUrl ?? env().githubApiUrl).replace(/\/+$/, "");
      const input = { account, apiUrl, token, selection: selectionOf(flags), depthDays: daysOf(flags.days) };
      const result = await withDatabase(context, () =>
        connectAccount(
          clientWith(apiUrl, async () => token),
          input,
        ),
      );
      if (flags.json === true) return printJson(result);
      printLine(`${result.account} is connected: ${result.selected} of ${result.repositories} repositories.`);
      for (const name of result.missingPermissions) printLine(`  note: the token lacks "${name}"; that is left out.`);
      if (result.webhookSecret !== null) {
        printLine("To hear of changes within seconds, add a webhook to it: content type application/json, all events,");
        printLine(
          `  address <where Fleetgauge is reached>/api/webhooks/github, secret ${result.webhookSecret} (said this once).`,
        );
      }
      printLine("The worker reads it from now on; `fleetgauge sync` reads it at once.");
    });
}

/** @throws {AppError} `not_found` when the account is not connected */
async function connectionsOf(account: string | undefined): Promise<Connection[]> {
  const all = await listConnections();
  const found = all.filter((one) => account === undefined || one.account.toLowerCase() === account.toLowerCase());
  if (found.length > 0 || account === undefined) return found;
  throw new AppError({ code: "not_found", message: `${account} is not connected; see fleetgauge github connect.` });
}

/** `fleetgauge sync [account]`, also `fleetgauge github sync` */
export function syncCommand(context: CliContext): Command {
  return new Command("sync")
    .description("read what is new at GitHub now, until nothing is left")
    .argument("[account]", "of this account alone")
    .option("--json", "print the result as JSON")
    .action(async (account: string | undefined, { json }: { json?: true }) => {
      const progress = steppedProgress();
      const results = await withDatabase(context, async () => {
        const done: { account: string; answers: number; busy: boolean }[] = [];
        const locks = await ConnectionLocks.open();
        try {
          for (const connection of await connectionsOf(account)) {
            const counts = new Map<string, number>();
            const result = await syncWithLock(connection.id, locks, {
              client: clientOf(connection),
              signal: progress.signal,
              onStep: ({ entity, items, repo }) => {
                const step = `${repo ?? connection.account}: ${entity.replaceAll("_", " ")}`;
                counts.set(step, (counts.get(step) ?? 0) + items);
                progress.update(step, counts.get(step) ?? 0, null);
              },
            });
            done.push({ account: connection.account, ...result });
          }
        } finally {
          locks.close();
        }
        await projectPending((key, done, total) => progress.update(`Working out ${key.repo}`, done, total));
        return done;
      }).finally(progress.close);
      if (json === true) return printJson(results);
      for (const { account: login, answers, busy } of results) {
        printLine(busy ? `${login} is being read by another process.` : `${login}: ${answers} answers read.`);
      }
      if (results.length === 0) printLine("Nothing is connected; see fleetgauge github connect.");
    });
}

function summarize({ done, lastError, nextTryAt, rate, state, total }: SyncStatus): string {
  const read = done.toLocaleString("en-US");
  const count =
    total !== null ? `${read} of ${total.toLocaleString("en-US")}` : done > 0 ? `${read} read` : "nothing read yet";
  const left = rate !== null && rate > 0 && total !== null && state === "reading" ? (total - done) / rate : null;
  const time = left === null ? "" : `, some ${Math.ceil(left / 60)} min left`;
  const failed = lastError === null ? "" : `; ${lastError} (next try ${nextTryAt})`;
  return `${state}, ${count}${time}${failed}`;
}

function statusCommand(context: CliContext): Command {
  return new Command("status")
    .description("how far each repository is read, and what failed")
    .argument("[account]", "of this account alone")
    .option("--json", "print it as JSON")
    .action(async (account: string | undefined, { json }: { json?: true }) => {
      const found = await withDatabase(context, async () =>
        Promise.all(
          (await connectionsOf(account)).map(async (connection) => ({
            connection,
            waiting: await countRefetches(connection.id),
            repositories: await listSyncStatus(connection.id, { activeOnly: false, limit: ALL }),
          })),
        ),
      );
      if (json === true) {
        const whole = found.map(({ connection, ...rest }) => {
          const { account: login, apiUrl, missingPermissions, state, stateReason, waitUntil } = connection;
          return { account: login, apiUrl, state, stateReason, waitUntil, missingPermissions, ...rest };
        });
        return printJson(whole);
      }
      for (const { connection, repositories, waiting } of found) {
        const reason = connection.stateReason === null ? "" : `: ${connection.stateReason}`;
        printLine(
          `${connection.account} at ${connection.apiUrl}: ${connection.state}${reason}; ${waiting} to be read by themselves`,
        );
        printPairs(
          repositories.map((one) => [`${one.repo} ${one.entity.replaceAll("_", " ")}`, summarize(one)] as const),
        );
      }
      if (found.length === 0) printLine("Nothing is connected; see fleetgauge github connect.");
    });
}

function stateCommand(context: CliContext, name: "pause" | "resume"): Command {
  return new Command(name)
    .description(name === "pause" ? "stop asking GitHub; what is known stays" : "go on, and try again what failed")
    .argument("<account>")
    .action(async (account: string) => {
      await withDatabase(context, async () => {
        for (const { id } of await connectionsOf(account)) {
          await (name === "pause" ? pauseConnection(id) : resumeConnection(id, new Date()));
        }
      });
      printLine(`${account} is ${name === "pause" ? "paused" : "followed again"}.`);
    });
}

/** `fleetgauge github connect|sync|status|pause|resume` */
export function githubCommand(context: CliContext): Command {
  return new Command("github")
    .description("follow organisations at GitHub")
    .addCommand(connectCommand(context))
    .addCommand(syncCommand(context))
    .addCommand(statusCommand(context))
    .addCommand(stateCommand(context, "pause"))
    .addCommand(stateCommand(context, "resume"));
}
