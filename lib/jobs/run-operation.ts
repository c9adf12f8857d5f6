import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import { failOperation, finishOperation, reportOperation } from "@/lib/settings/operations";

const log = createLogger("jobs");

const WRITE_EVERY_MS = 400;

type Progress = { step: string; done: number; total: number | null };
type OnProgress = (step: string, done: number, total: number | null) => void;

/**
 * Does the work of an operation and keeps its row current: progress while it runs, then its result, or the reason in
 * words when it failed. Only a worker that shuts down leaves the row open, since the job is then tried again.
 */
export async function runOperation(
  operationId: string,
  signal: AbortSignal | undefined,
  work: (onProgress: OnProgress) => Promise<object>,
): Promise<void> {
  const progress = new ProgressWriter(operationId);
  progress.report({ step: "Starting", done: 0, total: null });
  try {
    const result = await work((step, done, total) => progress.report({ step, done, total }));
    await progress.close();
    await finishOperation(operationId, result);
  } catch (error) {
    await progress.close();
    if (signal?.aborted === true) throw error;
    const expected = error instanceof AppError;
    if (!expected) log.error({ err: error, operationId }, "an operation failed");
    await failOperation(operationId, {
      message: expected
        ? error.message
        : "Something went wrong. The server's log says what; nothing half-done was kept.",
      pointer: expected ? error.pointer : null,
    });
  }
}

/** Writes the latest progress now and then, one write at a time, so that reporting never slows the work. */
class ProgressWriter {
  #next: Progress | null = null;
  #writing: Promise<void> | null = null;
  #written = { step: "", at: 0 };

  constructor(private readonly operationId: string) {}

  report(progress: Progress): void {
    this.#next = progress;
    this.#writing ??= this.#writeAll();
  }

  /** Waits for the write under way; what is not written yet is dropped. */
  async close(): Promise<void> {
    this.#next = null;
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== null) {
      const wait = this.#written.at + WRITE_EVERY_MS - performance.now();
      if (this.#next.step === this.#written.step && wait > 0) await sleep(wait);
      const progress: Progress | null = this.#next;
      if (progress === null) break;
      this.#next = null;
      this.#written = { step: progress.step, at: performance.now() };
      await reportOperation(this.operationId, progress).catch((error: unknown) =>
        log.warn({ err: error, operationId: this.operationId }, "progress could not be written"),
      );
    }
    this.#writing = null;
  }
}
