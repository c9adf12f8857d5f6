const BAR_WIDTH = 28;
const REDRAW_MS = 80;
const LINE_MS = 5000;

type ProgressOptions = {
  /** What is being done, for example `Reading commits`. */
  label: string;
  /** The number of things to do; null when it is not known. */
  total: number | null;
  /** Where progress goes; stdout is for results. */
  stream?: Pick<NodeJS.WriteStream, "write" | "isTTY">;
};

export type Progress = {
  /** Sets how many are done; cheap enough to call for every one of them. */
  update(done: number): void;
  /** Ends with a last line that stays. */
  finish(summary: string): void;
};

const numbers = new Intl.NumberFormat("en-US");

function describeProgress(label: string, done: number, total: number | null): string {
  if (total === null || total <= 0) return `${label}: ${numbers.format(done)}`;
  const percent = Math.floor((Math.min(done, total) / total) * 100);
  return `${label}: ${numbers.format(done)} of ${numbers.format(total)} (${percent} %)`;
}

function drawBar(done: number, total: number | null): string {
  if (total === null || total <= 0) return "";
  const filled = Math.round((Math.min(done, total) / total) * BAR_WIDTH);
  return `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} `;
}

/** Shows progress: a bar that redraws itself on a terminal, a plain line every five seconds otherwise. */
export function startProgress({ label, total, stream = process.stderr }: ProgressOptions): Progress {
  const terminal = stream.isTTY === true;
  const interval = terminal ? REDRAW_MS : LINE_MS;
  let lastShown = performance.now();
  const show = (done: number) => {
    lastShown = performance.now();
    const text = describeProgress(label, done, total);
    stream.write(terminal ? `\r\u001b[2K${drawBar(done, total)}${text}` : `${text}\n`);
  };
  if (terminal) show(0);
  return {
    update(done) {
      if (performance.now() - lastShown >= interval) show(done);
    },
    finish(summary) {
      stream.write(terminal ? `\r\u001b[2K${summary}\n` : `${summary}\n`);
    },
  };
}
