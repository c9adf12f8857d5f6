import type { LineHits } from "./types";

/** Reads an lcov tracefile: `SF:` names a file, `DA:line,hits` its lines. A file that is there twice is added up. */
export function readLcov(text: string): LineHits {
  const files = new Map<string, Map<number, number>>();
  let lines: Map<number, number> | null = null;
  for (const row of text.split(/\r?\n/)) {
    if (row.startsWith("SF:")) {
      const path = row.slice(3).trim();
      lines = files.get(path) ?? new Map();
      files.set(path, lines);
    } else if (row === "end_of_record") lines = null;
    else if (row.startsWith("DA:") && lines !== null) {
      const [, line, hits] = /^DA:(\d+),(-?\d+)/.exec(row) ?? [];
      if (line === undefined || hits === undefined) continue;
      lines.set(Number(line), (lines.get(Number(line)) ?? 0) + Math.max(0, Number(hits)));
    }
  }
  return files;
}
