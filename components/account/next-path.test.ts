import { describe, expect, it } from "vitest";
import { nextPath } from "./next-path";

describe("where a sign-in leads", () => {
  it.each(["/rollbacks?period=4w", "/", "/pull-requests/12-3"])("is %s", (path) => {
    expect(nextPath(path)).toBe(path);
  });

  it.each([
    null,
    "",
    "https://attacker.example",
    "//attacker.example",
    "/\\attacker.example",
    "\\/attacker.example",
    "javascript:alert(1)",
    "/\t/attacker.example",
    "rollbacks",
  ])("is the first page, and not %j", (path) => {
    expect(nextPath(path)).toBe("/");
  });
});
