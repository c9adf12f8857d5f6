#!/usr/bin/env node
// What a start does for accounts, in the environment of the web server; tells its parent the code of the set-up, if any.
import { registerTypeScript } from "./lib/register-typescript.mjs";

registerTypeScript();
const { prepareAccounts } = await import("../lib/auth/prepare-accounts.ts");
const { closePool } = await import("../lib/db/pool.ts");
const { AppError } = await import("../lib/core/errors.ts");

try {
  const setUpCode = await prepareAccounts();
  // Nothing keeps the process alive for the message but this.
  await new Promise((resolve) => process.send({ setUpCode }, resolve));
} catch (error) {
  process.stderr.write(`${error instanceof AppError ? error.message : (error.stack ?? error)}\n`);
  process.exitCode = 1;
} finally {
  await closePool();
}
