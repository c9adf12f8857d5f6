#!/usr/bin/env node
// Brings the schema of DATABASE_URL up to date, for installations whose processes are started one by one.
import { migrateAll, openDatabase } from "./lib/database.mjs";
import { parseEnvironment } from "./lib/environment.mjs";
import { Failure } from "./lib/failure.mjs";
import { registerTypeScript } from "./lib/register-typescript.mjs";
import { step } from "./lib/steps.mjs";

registerTypeScript();
try {
  const env = await parseEnvironment();
  if (env.databaseUrl === null) throw new Failure("DATABASE_URL is missing: there is nothing to migrate.", 78);
  const { url } = await openDatabase(env);
  await step("migrations", () => migrateAll(url));
} catch (error) {
  process.stderr.write(`${error instanceof Failure ? error.message : (error.stack ?? error)}\n`);
  process.exitCode = error instanceof Failure ? error.exitCode : 1;
}
