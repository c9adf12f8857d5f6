import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { z } from "zod";

const caseSchema = z.object({
  group: z.string(),
  id: z.string(),
  inputs: z.unknown(),
  expected: z.unknown(),
  tol: z.object({ abs: z.number().optional(), rel: z.number().optional() }).default({}),
});
export type GoldenCase = z.infer<typeof caseSchema>;

const fileSchema = z.object({ cases: z.array(caseSchema).min(1) });

/** The cases of the file that GOLDEN_FILE names, or of the project's own copy. */
export function readGoldenCases(): GoldenCase[] {
  const file = process.env.GOLDEN_FILE ?? path.join(import.meta.dirname, "golden.json");
  return fileSchema.parse(JSON.parse(readFileSync(file, "utf8"))).cases;
}

/** Compares everything that a case expects: numbers within its tolerance, all else exactly. */
export function expectGolden(actual: unknown, { expected, tol }: GoldenCase): void {
  compare(actual, expected, tol, "");
}

function compare(actual: unknown, expected: unknown, tol: GoldenCase["tol"], where: string): void {
  if (typeof expected === "number") {
    expect(actual, where).toBeTypeOf("number");
    const allowed = Math.max(tol.abs ?? 0, (tol.rel ?? 0) * Math.abs(expected));
    expect(
      Math.abs(Number(actual) - expected),
      `${where}: ${String(actual)} instead of ${expected}`,
    ).toBeLessThanOrEqual(allowed);
  } else if (Array.isArray(expected)) {
    expect(actual, where).toHaveLength(expected.length);
    expected.forEach((value, index) => {
      compare(Array.isArray(actual) ? actual[index] : undefined, value, tol, `${where}/${index}`);
    });
  } else if (typeof expected === "object" && expected !== null) {
    for (const [key, value] of Object.entries(expected)) {
      const found = typeof actual === "object" && actual !== null ? Reflect.get(actual, key) : undefined;
      compare(found, value, tol, `${where}/${key}`);
    }
  } else {
    expect(actual, where).toEqual(expected);
  }
}
