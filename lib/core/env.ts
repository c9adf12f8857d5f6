import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";

const PUBLIC_GITHUB = "https://api.github.com";

const emptyToUndefined = (value: unknown) => (typeof value === "string" && value.trim() === "" ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyToUndefined, schema.optional());

const postgresUrl = z.string().refine((value) => /^postgres(ql)?:\/\/[^/]/.test(value) && URL.canParse(value), {
  error: "must look like postgresql://user:password@host:5432/database",
});
const httpUrl = z
  .string()
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), { error: "must be an http:// or https:// URL" })
  .transform((value) => value.replace(/\/+$/, ""));
const flag = z
  .enum(["0", "1", "true", "false"], { error: "must be 0, 1, true or false" })
  .transform((value) => value === "1" || value === "true");
const hostList = z.string().transform((value, context) => {
  const hosts = value
    .split(",")
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== "");
  const bad = hosts.find((host) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(host));
  if (bad !== undefined) {
    context.addIssue({ code: "custom", message: `"${bad}" is not a host name; write host names separated by commas` });
    return z.NEVER;
  }
  return hosts;
});
/** Several secrets separated by commas, so that one can be replaced without a gap. */
const secretList = z.string().transform((value) =>
  value
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== ""),
);

/** Every variable that Fleetgauge reads, by name. `.env.example` is made of the same list (env-example.ts). */
const variables = {
  DATABASE_URL: optional(postgresUrl),
  DATABASE_REPLICA_URL: optional(postgresUrl),
  APP_URL: optional(httpUrl),
  HOST: z.preprocess(
    emptyToUndefined,
    z
      .string()
      .refine((value) => isIP(value) !== 0, { error: "must be an IP address to listen on, such as 0.0.0.0" })
      .default("127.0.0.1"),
  ),
  PORT: z.preprocess(
    emptyToUndefined,
    z
      .string()
      .regex(/^\d{1,5}$/, { error: "must be a port number from 1 to 65535" })
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535, { error: "must be a port number from 1 to 65535" })
      .default(3000),
  ),
  FLEETGAUGE_SECRET: optional(z.string().min(32, { error: "must have at least 32 characters" })),
  FLEETGAUGE_PREVIOUS_SECRETS: z.preprocess(
    emptyToUndefined,
    secretList
      .refine((secrets) => secrets.every((secret) => secret.length >= 32), {
        error: "must be secrets of at least 32 characters, separated by commas",
      })
      .default([]),
  ),
  FLEETGAUGE_DATA_DIR: z.preprocess(emptyToUndefined, z.string().default("./.fleetgauge")),
  FLEETGAUGE_INIT_ADMIN_EMAIL: optional(z.email({ error: "must be an e-mail address" })),
  FLEETGAUGE_INIT_ADMIN_PASSWORD: optional(z.string().min(12, { error: "must have at least 12 characters" })),
  FLEETGAUGE_INIT_API_KEY: optional(
    z
      .string()
      .startsWith("fg_", { error: "must start with fg_" })
      .min(16, { error: "must have at least 16 characters" }),
  ),
  FLEETGAUGE_DEMO: z.preprocess(emptyToUndefined, flag.default(false)),
  GITHUB_API_URL: z.preprocess(emptyToUndefined, httpUrl.default(PUBLIC_GITHUB)),
  GITHUB_WEBHOOK_SECRET: z.preprocess(emptyToUndefined, secretList.default([])),
  API_REQUESTS_PER_MINUTE: z.preprocess(
    emptyToUndefined,
    z
      .string()
      .regex(/^\d{1,7}$/, { error: "must be a whole number; 0 for no limit" })
      .transform(Number)
      .default(600),
  ),
  SMTP_URL: optional(
    z
      .string()
      .refine((value) => /^smtps?:\/\/[^/]/.test(value) && URL.canParse(value) && !/%(?![0-9A-Fa-f]{2})/.test(value), {
        error: "must look like smtp://name:password@mail.example.com:587 or smtps://…:465",
      }),
  ),
  MAIL_FROM: optional(
    z
      .string()
      .max(200)
      .regex(/^[^\r\n]*@[^\r\n]*$/, { error: "must be an address such as Fleetgauge <fleetgauge@example.com>" }),
  ),
  TRUST_PROXY: z.preprocess(emptyToUndefined, flag.default(false)),
  EGRESS_ALLOW_HOSTS: z.preprocess(emptyToUndefined, hostList.default([])),
  LOG_LEVEL: z.preprocess(
    emptyToUndefined,
    z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
        error: "must be trace, debug, info, warn, error, fatal or silent",
      })
      .default("info"),
  ),
};

const schema = z.object(variables);

export type EnvVariableName = keyof typeof variables;

const ENV_VARIABLE_NAMES: readonly string[] = Object.keys(variables);

export type Env = {
  databaseUrl: string | null;
  databaseReplicaUrl: string | null;
  appUrl: string;
  /** Address that the web server listens on. */
  host: string;
  port: number;
  secret: string | null;
  /** Earlier secrets that may still have sealed something. */
  previousSecrets: readonly string[];
  /** Absolute path. */
  dataDir: string;
  initAdmin: { email: string; password: string } | null;
  initApiKey: string | null;
  demo: boolean;
  githubApiUrl: string;
  /** Any of them may have signed a delivery; empty when no webhook is set up. */
  githubWebhookSecrets: readonly string[];
  /** Of one caller; 0: no limit. */
  apiRequestsPerMinute: number;
  /** Where mail is sent from, and as whom; null: none is. */
  smtp: { url: string; from: string } | null;
  trustProxy: boolean;
  /** Lower-case host names, with an optional `:port`. */
  egressAllowHosts: readonly string[];
  logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
};

export type EnvProblem = { name: string; problem: string };

/** Thrown when the environment is not usable; its message is the table of what is wrong. A start exits with 78. */
export class EnvError extends Error {
  override readonly name = "EnvError";

  constructor(readonly problems: readonly EnvProblem[]) {
    const width = Math.max(...problems.map(({ name }) => name.length));
    const table = problems.map(({ name, problem }) => `  ${name.padEnd(width)}  ${problem}`).join("\n");
    super(`The environment is not usable:\n\n${table}\n`);
  }
}

type Source = Readonly<Record<string, string | undefined>>;

/** Reads `NAME`, or the contents of the file that `NAME_FILE` names (Docker and Kubernetes secrets). */
function readVariables(source: Source): { values: Record<string, string | undefined>; problems: EnvProblem[] } {
  const values: Record<string, string | undefined> = {};
  const problems: EnvProblem[] = [];
  for (const name of ENV_VARIABLE_NAMES) {
    const file = emptyToUndefined(source[`${name}_FILE`]);
    values[name] = source[name];
    if (typeof file !== "string") continue;
    if (emptyToUndefined(source[name]) !== undefined) {
      problems.push({ name: `${name}_FILE`, problem: `set together with ${name}: remove one of them` });
      continue;
    }
    try {
      values[name] = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    } catch {
      problems.push({ name: `${name}_FILE`, problem: `cannot read ${file}` });
    }
  }
  return { values, problems };
}

/**
 * Parses an environment. Values never appear in a message, so a secret cannot leak through an error.
 * @throws {EnvError} with every problem at once.
 */
export function parseEnv(source: Source, cwd: string): Env {
  const { values, problems } = readVariables(source);
  const result = schema.safeParse(values);
  if (!result.success) {
    for (const issue of result.error.issues) {
      const name = String(issue.path[0]);
      if (!problems.some((known) => known.name.startsWith(name))) problems.push({ name, problem: issue.message });
    }
  }
  const email = result.data?.FLEETGAUGE_INIT_ADMIN_EMAIL;
  const password = result.data?.FLEETGAUGE_INIT_ADMIN_PASSWORD;
  if (result.success && (email === undefined) !== (password === undefined)) {
    const missing = email === undefined ? "FLEETGAUGE_INIT_ADMIN_EMAIL" : "FLEETGAUGE_INIT_ADMIN_PASSWORD";
    problems.push({ name: missing, problem: "is missing: the first administrator needs an e-mail and a password" });
  }
  if (result.success && (result.data.SMTP_URL === undefined) !== (result.data.MAIL_FROM === undefined)) {
    const missing = result.data.SMTP_URL === undefined ? "SMTP_URL" : "MAIL_FROM";
    problems.push({ name: missing, problem: "is missing: mail needs a server and an address that it is from" });
  }
  if (!result.success || problems.length > 0) throw new EnvError(problems);
  const data = result.data;
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    databaseReplicaUrl: data.DATABASE_REPLICA_URL ?? null,
    appUrl: data.APP_URL ?? `http://127.0.0.1:${data.PORT}`,
    host: data.HOST,
    port: data.PORT,
    secret: data.FLEETGAUGE_SECRET ?? null,
    previousSecrets: data.FLEETGAUGE_PREVIOUS_SECRETS,
    dataDir: path.resolve(cwd, data.FLEETGAUGE_DATA_DIR),
    initAdmin: email !== undefined && password !== undefined ? { email, password } : null,
    initApiKey: data.FLEETGAUGE_INIT_API_KEY ?? null,
    demo: data.FLEETGAUGE_DEMO,
    githubApiUrl: data.GITHUB_API_URL,
    githubWebhookSecrets: data.GITHUB_WEBHOOK_SECRET,
    apiRequestsPerMinute: data.API_REQUESTS_PER_MINUTE,
    smtp:
      data.SMTP_URL !== undefined && data.MAIL_FROM !== undefined ? { url: data.SMTP_URL, from: data.MAIL_FROM } : null,
    trustProxy: data.TRUST_PROXY,
    // Whoever sets where GitHub is allows to go there.
    egressAllowHosts: [...data.EGRESS_ALLOW_HOSTS, ...hostOf(data.GITHUB_API_URL)],
    logLevel: data.LOG_LEVEL,
  };
}

/** Host and port of a GitHub of one's own, as `EGRESS_ALLOW_HOSTS` names them. */
function hostOf(apiUrl: string): string[] {
  if (apiUrl === PUBLIC_GITHUB) return [];
  const { hostname, port, protocol } = new URL(apiUrl);
  return [`${hostname.replace(/^\[|\]$/g, "")}:${port === "" ? (protocol === "https:" ? "443" : "80") : port}`];
}

let parsed: Env | null = null;

/** The environment of this process, parsed on first use. @throws {EnvError} */
export function env(): Env {
  parsed ??= parseEnv(process.env, process.cwd());
  return parsed;
}

/** What a program needs to be found and to run at all; no setting of ours and nothing secret is among them. */
const CHILD_VARIABLES = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/** The environment for a child program: the search path and the like of this process, then `variables`. */
export function childEnv(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = CHILD_VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { NODE_ENV: process.env.NODE_ENV, ...Object.fromEntries(inherited), ...variables };
}
