#!/usr/bin/env node
import { ROOT } from "./lib/paths.mjs";
import { registerTypeScript } from "./lib/register-typescript.mjs";

registerTypeScript();
const { startWebServer } = await import("../lib/web/server.ts");
const { env } = await import("../lib/core/env.ts");

process.title = "fleetgauge-web";
const { appUrl, host, port } = env();
// A start of all processes has seen to the accounts already.
if (!process.argv.includes("--accounts-are-ready")) {
  const { prepareAccounts } = await import("../lib/auth/prepare-accounts.ts");
  const code = await prepareAccounts();
  if (code !== null) process.stdout.write(`The code to make the first owner with, at ${appUrl}/set-up: ${code}\n`);
}
const web = await startWebServer({ dir: ROOT, hostname: host, port });
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await web.stop();
    process.exit(0);
  });
}
