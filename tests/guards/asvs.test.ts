import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..", "..");

it("what docs/asvs.md names as evidence is there, and nothing is met without it being said how", async () => {
  const text = await readFile(path.join(ROOT, "docs/asvs.md"), "utf8");
  const named = [...text.matchAll(/`((?:tests|lib|docs|security)\/[\w./-]+?)`/g)].map(([, file = ""]) => file);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  const rows = text.split("\n").filter((line) => /^\| \d/.test(line));
  expect(rows.length).toBeGreaterThan(100);
  const states = new Set(rows.map((row) => row.split("|")[3]?.trim()));
  expect([...states].sort()).toEqual(["met", "n/a", "not met", "partly", "yours"]);
  for (const row of rows.filter((line) => !line.includes("| met |"))) expect(row.split("|")[4]?.trim()).not.toBe("");
});
