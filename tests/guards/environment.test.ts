import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ENV_VARIABLE_NAMES } from "@/lib/core/env";

const ROOT = path.resolve(import.meta.dirname, "..", "..");

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, folder), { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("generated"))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

describe("the environment", () => {
  it("is read in lib/core/env.ts alone", async () => {
    const files = (await Promise.all(["app", "components", "lib", "prisma"].map(sources))).flat();
    const readers: string[] = [];
    for (const file of files) {
      if (file.endsWith(".test.ts") || file.endsWith(".test.tsx")) continue;
      if (/\bprocess\.env\b/.test(await readFile(path.join(ROOT, file), "utf8"))) readers.push(file);
    }
    expect(readers).toEqual(["lib/core/env.ts"]);
  });

  it("is documented in .env.example, variable by variable", async () => {
    const text = await readFile(path.join(ROOT, ".env.example"), "utf8");
    const documented = [...text.matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect(documented.sort()).toEqual([...ENV_VARIABLE_NAMES].sort());
  });
});
