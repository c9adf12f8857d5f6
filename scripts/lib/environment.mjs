import { existsSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { fromRoot, ROOT } from "./paths.mjs";

/** Adds the variables of `.env`, if there is one; what is set already wins. */
export function loadEnvFile() {
  const file = fromRoot(".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** The data directory, before the dependencies that parse the whole environment are installed. */
export function dataDirectory() {
  return path.resolve(ROOT, process.env.FLEETGAUGE_DATA_DIR?.trim() || ".fleetgauge");
}

/** The port, likewise. */
export function webPort() {
  const text = process.env.PORT?.trim() || "3000";
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Failure("The environment is not usable:\n\n  PORT  must be a port number from 1 to 65535\n", 78);
}

/** Parses everything; a bad value ends the start with the table of what is wrong. */
export async function parseEnvironment() {
  const { EnvError, parseEnv } = await import("../../lib/core/env.ts");
  try {
    return parseEnv(process.env, ROOT);
  } catch (error) {
    if (error instanceof EnvError) throw new Failure(error.message, 78);
    throw error;
  }
}

/** The environment of web, worker and commands: ours, with the database and the secret that were chosen here. */
export function childEnvironment(overrides) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", HOSTNAME: "127.0.0.1", ...overrides };
  // A value and its _FILE together would be refused, and the value has been read from there already.
  for (const name of Object.keys(overrides)) delete env[`${name}_FILE`];
  return env;
}
