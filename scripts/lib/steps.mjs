/** @param {number} milliseconds */
function inSeconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @type {NodeJS.WritableStream} */
let stream = process.stdout;

/** Sends the lines to stderr: the stdout of a command holds its result alone. */
export function useErrorStream() {
  stream = process.stderr;
}

/** @param {string} line */
export function say(line) {
  stream.write(`${line}\n`);
}

/**
 * Does one step and says on one line what was done and how long it took. Long steps are announced first.
 * @template Result
 * @param {string} label
 * @param {() => Promise<Result> | Result} work may return a note to show
 * @param {{ announce?: string }} [options]
 * @returns {Promise<Result>}
 */
export async function step(label, work, { announce } = {}) {
  if (announce !== undefined) say(`  … ${announce}`);
  const started = performance.now();
  const result = await work();
  const note = typeof result === "object" && result !== null && "note" in result ? `: ${result.note}` : "";
  say(`  ✓ ${label}${note} (${inSeconds(performance.now() - started)})`);
  return result;
}
