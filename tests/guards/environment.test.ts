import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderEnvExample } from "@/lib/core/env-example";

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

  it("is documented in .env.example, which is made of what is read (`npx vitest run tests/guards/environment.test.ts --update=true` writes it)", async () => {
    await expect(renderEnvExample()).toMatchFileSnapshot(path.join(ROOT, ".env.example"));
  });
});
