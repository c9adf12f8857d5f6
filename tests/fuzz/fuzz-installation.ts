import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { loadSampleFleet } from "@/lib/ingest/sample-fleet";
import { listMetrics } from "@/lib/metrics/registry";
import { freePort } from "@/tests/chaos/free-port";
import { OwnPostgres } from "@/tests/chaos/installation";
import { FuzzAccounts } from "./accounts";
import { examplesOf } from "./examples";
import type { FuzzRequest } from "./requests";
import { type FuzzAnswer, type FuzzReport, runFuzz } from "./run-fuzz";

const ROOT = path.resolve(import.meta.dirname, "../..");
const START_MS = 60_000;

/** Sends a request byte for byte as it is. */
function send(port: number, agent: Agent, { body, headers, method, path: target }: FuzzRequest): Promise<FuzzAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, host: "127.0.0.1", agent, method, path: target, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers["content-type"] ?? "",
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}

async function waitUntilReady(port: number): Promise<void> {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(200)) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready`).catch(() => null);
    if (answer?.ok === true) return;
  }
  throw new Error("the web server did not become ready");
}

/** A GitHub that knows nobody, so that what is asked of one has an answer. */
async function unknowingGitHub() {
  const server = createServer((_request, response) => {
    response.writeHead(401, { "content-type": "application/json" }).end('{"message":"Bad credentials"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** Asks an installation of its own, with the sample fleet in it, whatever comes to mind, over HTTP. */
export async function fuzzInstallation(
  size: { requests: number; seed: number },
  onProgress: (text: string) => void = () => {},
): Promise<FuzzReport> {
  const postgres = await OwnPostgres.start({ durable: false });
  const github = await unknowingGitHub();
  const agent = new Agent({ keepAlive: true });
  try {
    const url = await postgres.database("fuzz");
    setPool(createPool(url, "fleetgauge-fuzz"));
    onProgress("loading the sample fleet");
    await loadSampleFleet(() => {});
    const accounts = await FuzzAccounts.create();
    const port = await freePort();
    const env = {
      ...process.env,
      NODE_ENV: "production" as const,
      DATABASE_URL: url,
      GITHUB_API_URL: github.url,
      API_REQUESTS_PER_MINUTE: "0",
    };
    const web = spawn(process.execPath, ["scripts/web.mjs"], {
      cwd: ROOT,
      env: { ...env, PORT: String(port), LOG_LEVEL: "silent" },
      stdio: "ignore",
    });
    const gone = once(web, "exit");
    try {
      await waitUntilReady(port);
      const document = await (await fetch(`http://127.0.0.1:${port}/api/openapi.json`)).json();
      const examples = examplesOf(listMetrics().map(({ id }) => id));
      const ask = async (request: FuzzRequest) => {
        const { security = [] } = document.paths[request.route]?.[request.method.toLowerCase()] ?? {};
        const proof = await accounts.proofFor(security.every((one: object) => !("key" in one)));
        // The origin of a page is that of this server.
        const headers = {
          ...proof,
          ...("origin" in proof && { origin: `http://127.0.0.1:${port}` }),
          ...request.headers,
        };
        return send(port, agent, { ...request, headers });
      };
      const report = await runFuzz(document, ask, {
        ...size,
        examples,
        onProgress,
      });
      await waitUntilReady(port);
      return report;
    } finally {
      web.kill("SIGTERM");
      await gone;
    }
  } finally {
    await closePool();
    agent.destroy();
    github.close();
    await postgres.stop();
  }
}
