import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BENCH_ACCOUNT } from "@/bench/scale-out/bench-account";
import { childEnv } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { HEAP_FLAGS } from "@/lib/core/heap-flags";

const READY_WAIT_MS = 120_000;
const STOP_WAIT_MS = 20_000;
const POLL_MS = 50;
const KEPT_OUTPUT = 4000;

/** A web server or a worker of the product in a process of its own; it ends when this process does. */
export class ProductProcess {
  private said = "";
  private readonly ended: Promise<void>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    this.ended = new Promise((resolve) => child.once("exit", () => resolve()));
    const keep = (chunk: Buffer) => {
      this.said = (this.said + chunk.toString("utf8")).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
  }

  /** @param args what Node.js is started with, the script first; paths are below `root` */
  static start(
    name: string,
    root: string,
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): ProductProcess {
    const preload = path.join(root, "scripts", "lib", "exit-with-parent.mjs");
    const child = spawn(process.execPath, ["--import", preload, ...args], {
      cwd: root,
      env: { ...childEnv(variables), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    return new ProductProcess(name, child);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until it has done its work. @throws {AppError} `unavailable` with the end of what it printed, when it failed */
  async finish(): Promise<void> {
    await this.ended;
    if (this.child.exitCode !== 0) this.assertRunning();
  }

  /** Ends it at once, as a crash of the machine would. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  /** Asks it to end, and ends it when it does not in time. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.kill("SIGTERM");
    const late = setTimeout(() => this.child.kill("SIGKILL"), STOP_WAIT_MS);
    await this.ended;
    clearTimeout(late);
  }

  /** @throws {AppError} `unavailable` with the end of what it printed, when it has ended by itself */
  assertRunning(): void {
    if (this.running) return;
    throw new AppError({
      code: "unavailable",
      message: `The ${this.name} has ended by itself. It said:\n${this.said}`,
    });
  }
}

/** A worker of the product. */
export function startWorkerProcess(
  name: string,
  root: string,
  variables: Readonly<Record<string, string>>,
): ProductProcess {
  return ProductProcess.start(name, root, [...HEAP_FLAGS, path.join(root, "scripts", "worker.mjs")], variables);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("the system gave no port"));
      });
    });
  });
}

export interface WebServer {
  process: ProductProcess;
  url: string;
  /** From the start of the process until it said that it is ready. */
  readyMs: number;
}

/** Starts a web server of the production build and waits until it is ready. */
export async function startWebServer(
  name: string,
  root: string,
  variables: Readonly<Record<string, string>>,
): Promise<WebServer> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const web = ProductProcess.start(name, root, [path.join(root, "scripts", "web.mjs")], {
    ...BENCH_ACCOUNT,
    ...variables,
    PORT: port,
  });
  while (performance.now() - started < READY_WAIT_MS) {
    web.assertRunning();
    const ready = await fetch(`${url}/api/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { process: web, url, readyMs: performance.now() - started };
    await sleep(POLL_MS);
  }
  await web.kill();
  throw new AppError({ code: "unavailable", message: `The ${name} did not become ready.` });
}
