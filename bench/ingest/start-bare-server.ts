import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { childEnv } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

/** The bare server in a process of its own. */
export interface BareServer {
  url: URL;
  stop(): Promise<void>;
}

const isPort = (message: unknown): message is { port: number } =>
  typeof message === "object" && message !== null && "port" in message && typeof message.port === "number";

/** Starts the yardstick of webhook ingestion on a free port; it makes a table of its own in the database. */
export async function startBareServer(root: string, databaseUrl: string, secret: string): Promise<BareServer> {
  const child = fork(path.join(root, "bench", "ingest", "bare-server.mjs"), {
    env: childEnv({ NODE_ENV: "production", BENCH_SECRET: secret, DATABASE_URL: databaseUrl }),
    execArgv: [],
  });
  const ended = once(child, "exit");
  const message: unknown = await Promise.race([once(child, "message").then(([first]) => first), ended]);
  if (!isPort(message))
    throw new AppError({ code: "unavailable", message: "The bare server ended instead of serving." });
  return {
    url: new URL(`http://127.0.0.1:${message.port}`),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
