#!/usr/bin/env node
// Asks the web server of this container whether it is ready.
const port = process.env.PORT?.trim() || "3000";
try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/api/ready`, { signal: AbortSignal.timeout(4000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
