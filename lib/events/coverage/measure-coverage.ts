import { AppError } from "@/lib/core/errors";
import { addedLines } from "./patch-lines";
import { readLcov } from "./read-lcov";
import { readXmlReport } from "./read-xml";
import type { LineHits } from "./types";

/** How many of some lines tests ran. */
export interface Covered {
  covered: number;
  total: number;
}

/**
 * Reads a report of lcov, Cobertura or JaCoCo; which of them it is follows from its beginning.
 * @throws {AppError} `unprocessable` at the pointer where it is none, or tells of no line
 */
export function readReport(text: string, pointer: string): LineHits {
  const isXml = /^\uFEFF?\s*</.test(text);
  const hits = isXml ? readXmlReport(text, pointer) : readLcov(text);
  if ([...hits.values()].every(({ size }) => size === 0)) {
    const what = isXml ? "This report tells of no line." : "This is no report of lcov, Cobertura or JaCoCo.";
    throw new AppError({ code: "unprocessable", message: what, pointer });
  }
  return hits;
}

/** All lines of a report. */
export function coverageOf(hits: LineHits): Covered {
  const all = { covered: 0, total: 0 };
  for (const lines of hits.values()) {
    all.total += lines.size;
    for (const count of lines.values()) if (count > 0) all.covered += 1;
  }
  return all;
}

const endsWith = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);

/**
 * The lines that a diff adds and a report tells of. Reports name files from another folder, or from the root of the machine: the
 * one that shares the longest end with the path of the diff is taken.
 */
export function patchCoverage(hits: LineHits, diff: string): Covered {
  const patch = { covered: 0, total: 0 };
  for (const [path, added] of addedLines(diff)) {
    const [found] = [...hits.keys()]
      .filter((name) => endsWith(name, path) || endsWith(path, name))
      .sort((a, b) => Number(endsWith(b, path)) - Number(endsWith(a, path)) || b.length - a.length);
    const lines = found === undefined ? undefined : hits.get(found);
    for (const line of added) {
      const count = lines?.get(line);
      if (count === undefined) continue;
      patch.total += 1;
      if (count > 0) patch.covered += 1;
    }
  }
  return patch;
}
