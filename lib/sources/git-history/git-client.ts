import { AppError } from "@/lib/core/errors";
import { type GitPlace, GitProcess } from "./git-process";

/** Starts git for one repository and knows everything that still runs, so that nothing outlives a pull. */
export class GitClient {
  readonly #place: GitPlace;
  readonly #running = new Set<GitProcess>();

  constructor(place: GitPlace) {
    this.#place = place;
  }

  start(args: readonly string[]): GitProcess {
    const process = new GitProcess(this.#place, args);
    this.#running.add(process);
    return process;
  }

  /** What git prints to a question that it may answer with an exit code alone: null when it says no. */
  async answer(args: readonly string[]): Promise<string | null> {
    const parts: string[] = [];
    try {
      for await (const lines of this.lines(args)) parts.push(...lines);
      return parts.join("\n");
    } catch (error) {
      if (error instanceof AppError && error.code === "unprocessable") return null;
      throw error;
    }
  }

  /** The lines that git prints, in groups; `input` is handed over completely first. @throws {AppError} */
  async *lines(args: readonly string[], input: Iterable<string> = []): AsyncGenerator<string[]> {
    const process = this.start(args);
    try {
      for (const text of input) await process.write(text);
      process.endInput();
      const decoder = new TextDecoder();
      let rest = "";
      for await (const chunk of { [Symbol.asyncIterator]: () => process.chunks() }) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        if (lines.length > 0) yield lines;
      }
      await process.finish();
      if (rest !== "") yield [rest];
    } finally {
      await this.release(process);
    }
  }

  /** Ends one process that is no longer needed. */
  async release(process: GitProcess): Promise<void> {
    await process.stop();
    this.#running.delete(process);
  }

  /** Ends everything that still runs. */
  async close(): Promise<void> {
    await Promise.all([...this.#running].map((process) => this.release(process)));
  }
}
