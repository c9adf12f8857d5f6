import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { childEnv } from "@/lib/core/env";
import { AppError, errorCode } from "@/lib/core/errors";

/** Which repository git works on. `gitDir` is the folder that holds HEAD and objects. */
export interface GitPlace {
  gitDir: string;
  signal?: AbortSignal;
}

/** The repository as it stands and nothing else: no hook, monitor, attribute file, remote or housekeeping. */
const SETTINGS = [
  "core.quotePath=false",
  "core.commitGraph=true",
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.attributesFile=/dev/null",
  "diff.algorithm=default",
  "log.showSignature=false",
  "protocol.allow=never",
  "gc.auto=0",
  "maintenance.auto=false",
  "safe.directory=*",
];

const STDERR_KEPT = 8192;

function gitEnvironment(gitDir: string): NodeJS.ProcessEnv {
  return childEnv({
    LC_ALL: "C",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    // A partial clone must never be completed behind our back: newer git obeys the first, older git the second.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    // Files that do not exist: an index would bring in .gitattributes, grafts would change parents.
    GIT_INDEX_FILE: path.join(gitDir, "fleetgauge-no-index"),
    GIT_GRAFT_FILE: path.join(gitDir, "fleetgauge-no-grafts"),
  });
}

/** One run of git. The caller reads `chunks()` and ends with `finish()`, or with `stop()` at any time. */
export class GitProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #signal: AbortSignal | undefined;
  readonly #closed: Promise<number | null>;
  #stderr = "";
  #spawnError: Error | null = null;

  constructor({ gitDir, signal }: GitPlace, args: readonly string[]) {
    signal?.throwIfAborted();
    this.#signal = signal;
    const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
    this.#child = spawn("git", ["--no-pager", "--no-replace-objects", `--git-dir=${gitDir}`, ...settings, ...args], {
      cwd: gitDir,
      env: gitEnvironment(gitDir),
      stdio: "pipe",
      windowsHide: true,
      signal,
      killSignal: "SIGKILL",
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    // A broken pipe only says that git is gone; why it went stands in its exit code and on stderr.
    this.#child.stdin.on("error", () => {});
    this.#closed = new Promise((resolve) => {
      this.#child.once("close", resolve);
      this.#child.once("error", (error) => {
        this.#spawnError = error;
        if (this.#child.pid === undefined) resolve(null);
      });
    });
  }

  /** Hands text to git, waiting while its pipe is full. */
  async write(text: string): Promise<void> {
    if (this.#child.stdin.write(text)) return;
    await Promise.race([once(this.#child.stdin, "drain"), this.#closed]).catch(() => {});
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  /** What git prints; reading slowly slows git down. */
  chunks(): AsyncIterator<Buffer> {
    return this.#child.stdout[Symbol.asyncIterator]();
  }

  /** Waits for the end. @throws {AppError} when git failed. */
  async finish(): Promise<void> {
    const code = await this.#closed;
    this.#signal?.throwIfAborted();
    if (this.#spawnError !== null) throw spawnFailure(this.#spawnError);
    if (code !== 0) throw readFailure(this.#stderr);
  }

  /** For output that ended too early: always throws, with git's own reason where it gave one. */
  async fail(): Promise<never> {
    await this.finish();
    throw readFailure(this.#stderr);
  }

  /** Ends git at once and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#closed;
  }
}

function spawnFailure(cause: Error): AppError {
  const missing = errorCode(cause) === "ENOENT";
  return new AppError({
    code: "unavailable",
    message: missing ? "The program git was not found: install git and try again." : "The program git did not start.",
    cause,
  });
}

function readFailure(stderr: string): AppError {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const reason = lines.findLast((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? "git ended early";
  const object = /\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/.exec(reason) ?? /\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/.exec(stderr);
  const what = object === null ? "The repository cannot be read" : `Object ${object[0]} is missing or damaged`;
  return new AppError({
    code: "unprocessable",
    message: `${what} (git says: ${reason.replace(/^(fatal|error): /, "").slice(0, 300)}). Run \`git fsck\` in the repository, or clone it again.`,
    pointer: "/path",
  });
}
