/** Writes one line of a command's result. */
export function printLine(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a command's result for machines: one JSON document, and nothing else goes to stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Writes names and values in two columns. */
export function printPairs(pairs: readonly (readonly [string, string])[]): void {
  const width = Math.max(0, ...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) printLine(`  ${name.padEnd(width)}  ${value}`);
}
