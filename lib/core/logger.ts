import pino, { type Logger } from "pino";
import { type Env, env } from "@/lib/core/env";
import { loggedError } from "./logged-error";
import { createScrubber } from "./scrub";

/** Keys whose values never reach a log line, wherever they stand in the first two levels. */
const SECRET_KEYS = ["password", "secret", "token", "authorization", "cookie", "connectionString", "databaseUrl"];

/** What the environment holds and nobody may read. */
function secretsOf({ githubWebhookSecrets, initAdmin, initApiKey, previousSecrets, secret, smtp }: Env): string[] {
  const mailPassword = smtp === null ? undefined : decodeURIComponent(new URL(smtp.url).password);
  const held = [secret, initApiKey, initAdmin?.password, mailPassword, ...previousSecrets, ...githubWebhookSecrets];
  return held.filter((value) => typeof value === "string");
}

const root: Logger = pino(
  {
    level: env().logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: loggedError },
    formatters: { level: (label) => ({ level: label }) },
    // The last thing before a line is written: also what a library put into the message of its error goes through here.
    hooks: { streamWrite: createScrubber(secretsOf(env())) },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: "[redacted]" },
  },
  // Synchronous and without a transport thread: the last line before a crash is written, stdout stays for results.
  pino.destination({ dest: 2, sync: true }),
);

/** A JSON logger on stderr whose lines carry the name of the part that speaks. */
export function createLogger(component: string): Logger {
  return root.child({ component });
}
