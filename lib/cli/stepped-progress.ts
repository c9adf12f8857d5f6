import { type Progress, startProgress } from "./progress";

/** Progress of work that tells its own steps, and the signal that Ctrl-C gives to it. */
export interface SteppedProgress {
  /** `total` null while it is not known. */
  update(step: string, done: number, total: number | null): void;
  /** Aborts on SIGINT and SIGTERM, so that what the work started ends before the process does. */
  signal: AbortSignal;
  close(): void;
}

/** Shows one progress line per step. */
export function steppedProgress(): SteppedProgress {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error("interrupted"));
  process.once("SIGINT", abort);
  process.once("SIGTERM", abort);
  let current: { step: string; progress: Progress; done: number } | null = null;
  const finish = () => {
    current?.progress.finish(`${current.step}: ${current.done.toLocaleString("en-US")}`);
    current = null;
  };
  return {
    signal: controller.signal,
    update(step, done, total) {
      if (current?.step !== step) {
        finish();
        current = { step, progress: startProgress({ label: step, total }), done };
      }
      current.done = done;
      current.progress.update(done);
    },
    close() {
      finish();
      process.removeListener("SIGINT", abort);
      process.removeListener("SIGTERM", abort);
    },
  };
}
