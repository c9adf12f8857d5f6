#!/usr/bin/env node
import { ROOT } from "./lib/paths.mjs";
import { HOST } from "./lib/port.mjs";
import { registerTypeScript } from "./lib/register-typescript.mjs";

registerTypeScript();
const { startWebServer } = await import("../lib/web/server.ts");
const { env } = await import("../lib/core/env.ts");

process.title = "fleetgauge-web";
const web = await startWebServer({ dir: ROOT, hostname: HOST, port: env().port });
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await web.stop();
    process.exit(0);
  });
}
