import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { ShaIndex } from "./sha-index";

it.each(["sha1", "sha256"])("numbers %s ids in order of arrival and finds them again", (algorithm) => {
  const shas = Array.from({ length: 5000 }, (_, i) => createHash(algorithm).update(String(i)).digest("hex"));
  const index = new ShaIndex((shas[0]?.length ?? 0) / 2);
  for (const [i, sha] of shas.entries()) expect(index.add(sha)).toBe(i);
  for (const [i, sha] of shas.entries()) {
    expect(index.add(sha)).toBe(i);
    expect(index.find(sha)).toBe(i);
    expect(index.sha(i)).toBe(sha);
  }
  expect(index.size).toBe(5000);
  expect(index.find("0".repeat(shas[0]?.length ?? 0))).toBe(-1);
});

it("tells ids apart that begin alike", () => {
  const index = new ShaIndex(20);
  const shas = Array.from({ length: 100 }, (_, i) => `deadbeef${String(i).padStart(32, "0")}`);
  expect(shas.map((sha) => index.add(sha))).toEqual(shas.map((_, i) => i));
  expect(shas.map((sha) => index.find(sha))).toEqual(shas.map((_, i) => i));
});
