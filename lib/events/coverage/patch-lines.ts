/** Lines that a unified diff adds, by the path of the file as it is afterwards. */
export function addedLines(diff: string): Map<string, number[]> {
  const files = new Map<string, number[]>();
  let lines: number[] | null = null;
  let next = 0;
  let left = 0;
  for (const row of diff.split("\n")) {
    if (left > 0) {
      // Inside of a hunk every row belongs to it, whatever it begins with.
      if (row.startsWith("+")) lines?.push(next);
      if (!row.startsWith("-") && !row.startsWith("\\")) next += 1;
      if (!row.startsWith("-") && !row.startsWith("\\")) left -= 1;
      continue;
    }
    const [, path] = /^\+\+\+ (?:b\/)?(.+?)\r?$/.exec(row) ?? [];
    if (path !== undefined) {
      lines = path === "/dev/null" ? null : (files.get(path) ?? []);
      if (lines !== null) files.set(path, lines);
      continue;
    }
    const [, start, count = "1"] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(row) ?? [];
    if (start === undefined) continue;
    next = Number(start);
    left = Number(count);
  }
  return files;
}
