#!/usr/bin/env node
import { registerTypeScript } from "./lib/register-typescript.mjs";

registerTypeScript();
const { startWorker } = await import("../lib/jobs/worker.ts");

const worker = await startWorker();
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await worker.stop();
    process.exit(0);
  });
}
await worker.finished;
if (!stopping) process.exit(1);
