import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { childEnv } from "@/lib/core/env";

interface Person {
  name: string;
  email: string;
}

export interface CommitSpec {
  message: string | Buffer;
  /** New contents by path; null removes, `{ from }` moves. */
  files?: Record<string, string | Buffer | null | { from: string }>;
  author?: Person;
  committer?: Person;
  /** Seconds since the epoch; default: one minute after the commit before. */
  authoredAt?: number;
  committedAt?: number;
  /** Names of earlier commits; default: the branch's last commit. */
  parents?: string[];
  encoding?: string;
}

const ADA: Person = { name: "Ada Example", email: "ada@example.com" };
/** What GitHub's merge button commits as. */
export const GITHUB: Person = { name: "GitHub", email: "noreply@github.com" };
export const START = Date.UTC(2026, 0, 5, 9) / 1000;

/** Builds small repositories with full control over messages, clocks, parents and references, in a folder of its own. */
export class GitFixture {
  readonly folder = mkdtempSync(path.join(tmpdir(), "fleetgauge-git-"));
  readonly gitDir: string;
  readonly #parts: Buffer[] = [];
  readonly #marks = new Map<string, number>();
  readonly #tips = new Map<string, string>();
  #shas = new Map<number, string>();
  #clock = START;

  constructor(name = "widgets") {
    this.gitDir = path.join(this.folder, `${name}.git`);
    this.git(this.folder, "init", "--quiet", "--bare", "--initial-branch=main", this.gitDir);
  }

  /** Adds a commit called `name` to a reference. */
  commit(name: string, spec: CommitSpec, ref = "refs/heads/main"): this {
    this.#clock += 60;
    const mark = this.#marks.size + 1;
    const parents = spec.parents ?? [this.#tips.get(ref)].flatMap((tip) => tip ?? []);
    const message = Buffer.from(spec.message);
    const committed = spec.committedAt ?? this.#clock;
    const lines = [
      `commit ${ref}`,
      `mark :${mark}`,
      `author ${signature(spec.author ?? ADA, spec.authoredAt ?? committed)}`,
      `committer ${signature(spec.committer ?? ADA, committed)}`,
      ...(spec.encoding === undefined ? [] : [`encoding ${spec.encoding}`]),
      `data ${message.length}`,
    ];
    this.#parts.push(Buffer.from(`${lines.join("\n")}\n`), message, Buffer.from("\n"));
    parents.forEach((parent, i) => {
      this.#parts.push(Buffer.from(`${i === 0 ? "from" : "merge"} :${this.#marks.get(parent)}\n`));
    });
    for (const [file, content] of Object.entries(spec.files ?? {})) this.#parts.push(fileChange(file, content));
    this.#parts.push(Buffer.from("\n"));
    this.#marks.set(name, mark);
    this.#tips.set(ref, name);
    return this;
  }

  /** Points a reference at a commit. */
  ref(ref: string, name: string): this {
    this.#parts.push(Buffer.from(`reset ${ref}\nfrom :${this.#marks.get(name)}\n\n`));
    this.#tips.set(ref, name);
    return this;
  }

  /** Writes what was added since the last time. */
  write(): this {
    const marks = path.join(this.folder, "marks");
    const stream = Buffer.concat([...this.#parts.splice(0), Buffer.from("done\n")]);
    const args = [
      "fast-import",
      "--quiet",
      "--force",
      "--done",
      `--import-marks-if-exists=${marks}`,
      `--export-marks=${marks}`,
    ];
    execFileSync("git", ["-C", this.gitDir, ...args], { input: stream, env: gitEnv() });
    const lines = readFileSync(marks, "utf8").trim().split("\n");
    this.#shas = new Map(lines.map((line) => [Number(line.slice(1).split(" ")[0]), line.split(" ")[1] ?? ""]));
    return this;
  }

  sha(name: string): string {
    const sha = this.#shas.get(this.#marks.get(name) ?? 0);
    if (sha === undefined) throw new Error(`The fixture has no written commit ${name}`);
    return sha;
  }

  /** Runs git in a folder and gives its output. */
  git(cwd: string, ...args: string[]): string {
    return execFileSync("git", args, { cwd, env: gitEnv(), stdio: ["ignore", "pipe", "pipe"] }).toString();
  }

  /** Clones the fixture and gives the clone's path. */
  clone(name: string, ...options: string[]): string {
    const target = path.join(this.folder, name);
    this.git(this.folder, "clone", "--quiet", ...options, `file://${this.gitDir}`, target);
    return target;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function gitEnv(): NodeJS.ProcessEnv {
  return childEnv({ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", LC_ALL: "C", TZ: "UTC" });
}

const signature = ({ name, email }: Person, seconds: number): string => `${name} <${email}> ${seconds} +0000`;

function fileChange(file: string, content: string | Buffer | null | { from: string }): Buffer {
  const quoted = quote(file);
  if (content === null) return Buffer.from(`D ${quoted}\n`);
  if (typeof content === "object" && "from" in content) return Buffer.from(`R ${quote(content.from)} ${quoted}\n`);
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`M 100644 inline ${quoted}\ndata ${bytes.length}\n`), bytes, Buffer.from("\n")]);
}

const quote = (file: string): string =>
  `"${file.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
