import { Client } from "pg";
import { AppError, errorCode, errorMessage } from "@/lib/core/errors";
import { describeDatabase } from "./describe-database";

const OLDEST_MAJOR = 15;
const NEWEST_MAJOR = 18;

/** What a crash may cost: PostgreSQL keeps what it acknowledged only while all of these are on. */
const DURABILITY_SETTINGS = ["fsync", "full_page_writes", "synchronous_commit"] as const;

export type ServerFacts = {
  /** For example `17.2`. */
  version: string;
  major: number;
  database: string;
  settings: Record<(typeof DURABILITY_SETTINGS)[number] | "data_checksums", string>;
  /** Sentences for the operator; the server is usable all the same. */
  warnings: string[];
};

/** Host, port, database and user of a connection string, without its password. */
function describeTarget(connectionString: string): string {
  const { username } = new URL(connectionString);
  return `${describeDatabase(connectionString)}${username === "" ? "" : ` as ${decodeURIComponent(username)}`}`;
}

function explain(error: unknown, target: string): string {
  switch (errorCode(error)) {
    case "ECONNREFUSED":
      return `No PostgreSQL answers at ${target}. Is it running, and are host and port of DATABASE_URL right?`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The host of DATABASE_URL is unknown (${target}).`;
    case "28P01":
    case "28000":
      return `PostgreSQL refused the user or the password of DATABASE_URL (${target}).`;
    case "3D000":
      return `The database of DATABASE_URL does not exist (${target}). Create it first.`;
    case "42501":
      return `The user of DATABASE_URL may not use this database (${target}).`;
    case "53300":
      return `PostgreSQL has no connection left (${target}).`;
    default:
      return `PostgreSQL cannot be reached (${target}): ${errorMessage(error)}`;
  }
}

async function readFacts(client: Client): Promise<ServerFacts> {
  const { rows } = await client.query<Record<string, string>>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number,
       current_database() as database, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit,
       current_setting('data_checksums') as data_checksums,
       has_schema_privilege(current_schema(), 'create')::text as may_create`,
  );
  const row = rows[0] ?? {};
  const setting = (name: string) => row[name] ?? "unknown";
  const major = Math.floor(Number(setting("number")) / 10_000);
  if (major < OLDEST_MAJOR) {
    throw new AppError({
      code: "unavailable",
      message: `Fleetgauge needs PostgreSQL ${OLDEST_MAJOR} to ${NEWEST_MAJOR}; DATABASE_URL is ${setting("version")}.`,
    });
  }
  if (setting("may_create") !== "true") {
    throw new AppError({
      code: "unavailable",
      message: `The user of DATABASE_URL may not create tables in the database ${setting("database")}.`,
    });
  }
  const settings = {
    fsync: setting("fsync"),
    full_page_writes: setting("full_page_writes"),
    synchronous_commit: setting("synchronous_commit"),
    data_checksums: setting("data_checksums"),
  };
  const warnings = DURABILITY_SETTINGS.filter((name) => settings[name] === "off").map(
    (name) => `${name} is off: a crash of the database server may lose or damage data that was reported as saved.`,
  );
  if (major > NEWEST_MAJOR) warnings.push(`PostgreSQL ${major} is newer than the versions that were tested.`);
  return { version: setting("version"), major, database: setting("database"), settings, warnings };
}

/**
 * Connects once and says what server it is.
 * @throws {AppError} `unavailable` in words for an operator when it cannot be used; a password never appears in it
 */
export async function checkServer(connectionString: string): Promise<ServerFacts> {
  const client = new Client({ connectionString, application_name: "fleetgauge", connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await readFacts(client);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError({
      code: "unavailable",
      message: explain(error, describeTarget(connectionString)),
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}
