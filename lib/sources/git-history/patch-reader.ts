import { randomBytes } from "node:crypto";
import { ByteReader } from "./byte-reader";
import type { DiffRequest } from "./diff-reader";
import type { GitClient } from "./git-client";
import type { GitProcess } from "./git-process";
import { type FilePatch, parsePatches } from "./parse-patches";

/** git keeps every commit that it has compared in memory: a new process now and then keeps that flat. */
const REQUESTS_PER_PROCESS = 4096;

/** Renames of equal contents only, as where files are listed; no line around a change. */
const OPTIONS = [
  "-r",
  "--root",
  "--always",
  "-z",
  "-M100%",
  "--no-abbrev",
  "--full-index",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--raw",
  "-p",
  "-U0",
];

/** Reads which lines commits take out and put in, through one `git diff-tree --stdin` at a time. */
export class PatchReader {
  private worker: { process: GitProcess; reader: ByteReader; requests: number } | null = null;
  private readonly marker = `each-${randomBytes(12).toString("hex")}\n`;
  private readonly end = Buffer.from(`end-${randomBytes(12).toString("hex")}\n`);

  /** @param mode with what stands on the lines, or passing over changes of space alone */
  constructor(
    private readonly client: GitClient,
    private readonly mode: "exact" | "with-text" | "space-blind" = "exact",
  ) {}

  /** The patches of commits, in the order that they are asked for. @throws {AppError} when an object is missing. */
  async patches(requests: readonly DiffRequest[]): Promise<FilePatch[][]> {
    if (this.worker !== null && this.worker.requests >= REQUESTS_PER_PROCESS) {
      await this.client.release(this.worker.process);
      this.worker = null;
    }
    if (this.worker === null) {
      const process = this.client.start([
        "diff-tree",
        "--stdin",
        ...OPTIONS,
        ...(this.mode === "space-blind" ? ["-w"] : []),
      ]);
      this.worker = { process, reader: new ByteReader(process.chunks()), requests: 0 };
    }
    const { process, reader } = this.worker;
    this.worker.requests += requests.length;
    const lines = requests.map(({ parent, sha }) => `${sha}${parent === null ? "" : ` ${parent}`}\n${this.marker}`);
    const written = process.write(`${lines.join("")}${this.end.toString()}`);
    const output = (await reader.untilTrailing(this.end)) ?? (await process.fail());
    await written;
    return parsePatches(output, Buffer.from(this.marker), this.mode === "with-text");
  }
}
