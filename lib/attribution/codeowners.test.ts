import { describe, expect, it } from "vitest";
import { parseCodeowners } from "./codeowners";

const owners = (rules: string, path: string): readonly string[] | null =>
  parseCodeowners(rules).ruleOf(path)?.owners ?? null;
const matches = (pattern: string, path: string): boolean => owners(`${pattern} @a/t`, path) !== null;

describe("parseCodeowners", () => {
  it("lets the last matching line win", () => {
    const rules = "* @a/all\n*.js @a/js\n/build/ @a/build\n/build/special.js @a/special\n";
    expect(owners(rules, "README.md")).toEqual(["@a/all"]);
    expect(owners(rules, "src/deep/x.js")).toEqual(["@a/js"]);
    expect(owners(rules, "build/x.js")).toEqual(["@a/build"]);
    expect(owners(rules, "build/special.js")).toEqual(["@a/special"]);
    expect(owners("/build/ @a/build\n* @a/all", "build/x.js")).toEqual(["@a/all"]);
    expect(owners("/a/b/ @a/b\n/a/ @a/a", "a/b/x")).toEqual(["@a/a"]);
  });

  it("takes ownership away with a line without owners", () => {
    const rules = "/apps/ @a/apps\n/apps/github";
    expect(owners(rules, "apps/x.ts")).toEqual(["@a/apps"]);
    expect(owners(rules, "apps/github/x.ts")).toEqual([]);
  });

  it("reads comments, several owners, Windows line ends and escaped spaces", () => {
    const rules = "# all\r\n*.go @a/go me@example.com # inline\r\n/my\\ dir/ @a/dir\r\n\r\n";
    const parsed = parseCodeowners(rules);
    expect(parsed.ruleOf("x.go")).toEqual({ pattern: "*.go", owners: ["@a/go", "me@example.com"], line: 2 });
    expect(parsed.ruleOf("my dir/x")).toEqual({ pattern: "/my dir/", owners: ["@a/dir"], line: 3 });
  });

  it("skips what GitHub does not support", () => {
    expect(owners("* @a/all\n!*.md @a/not\n*.[ch] @a/c\n\\#x @a/hash", "a.c")).toEqual(["@a/all"]);
    expect(owners("* @a/all\n!*.md @a/not", "a.md")).toEqual(["@a/all"]);
    expect(owners("\\#x @a/hash", "#x")).toBeNull();
  });

  it.each([
    ["*", "a/b/c", true],
    ["*.js", "a/b.js", true],
    ["*.js", "a/b.jsx", false],
    ["docs/", "docs/a.md", true],
    ["docs/", "x/docs/a/b.md", true],
    ["docs/", "docs", false],
    ["docs", "x/docs/a.md", true],
    ["docs", "x/docs", true],
    ["docs", "x/mydocs", false],
    ["/docs/", "docs/a/b.md", true],
    ["/docs/", "x/docs/a.md", false],
    ["/docs", "docs/a.md", true],
    ["/docs", "docs.md", false],
    ["docs/*", "docs/a.md", true],
    ["docs/*", "docs/a/b.md", false],
    ["docs/*", "x/docs/a.md", false],
    ["docs/**", "docs/a/b.md", true],
    ["docs/**", "docs", false],
    ["**/logs", "build/logs/x", true],
    ["**/logs", "logs/x", true],
    ["**/logs", "deep/er/logs", true],
    ["/apps/**/api", "apps/api/x", true],
    ["/apps/**/api", "apps/a/b/api", true],
    ["/apps/**/api", "x/apps/api", false],
    ["src/a/b.ts", "src/a/b.ts", true],
    ["src/a/b.ts", "x/src/a/b.ts", false],
    ["src/*/b.ts", "src/a/b.ts", true],
    ["src/*/b.ts", "src/a/c/b.ts", false],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["a.c", "abc", false],
    ["$x(1)", "$x(1)", true],
  ])("%s on %s: %s", (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it("gives the same answer as a plain walk over the lines", () => {
    const patterns = ["*", "*.ts", "/a/", "a/", "/a/b", "a/b/c.ts", "/a/*", "**/c.ts", "/b/**", "b", "/a/b/"];
    const paths = ["a/b/c.ts", "a/c.ts", "b/a/x.go", "x.ts", "a/b", "b/b/c.ts", "c/a/b/d", "b"];
    for (let seed = 1; seed < 200; seed += 1) {
      const order = patterns.map((pattern, i) => ({ pattern, key: (seed * (i + 7) * 7919) % 101 }));
      const rules = order.sort((x, y) => x.key - y.key).map(({ pattern }, i) => `${pattern} @a/t${i}`);
      for (const path of paths) {
        const expected = rules.findLast((rule) => parseCodeowners(rule).ruleOf(path) !== null);
        expect(parseCodeowners(rules.join("\n")).ruleOf(path)?.owners[0]).toBe(expected?.split(" ")[1]);
      }
    }
  });

  it("stays fast with hundreds of lines", () => {
    const rules = Array.from({ length: 500 }, (_, i) => `/packages/p${i}/ @a/t${i}`).join("\n");
    const parsed = parseCodeowners(`* @a/all\n*.md @a/docs\n${rules}`);
    const start = performance.now();
    for (let i = 0; i < 50_000; i += 1) parsed.ruleOf(`packages/p${i % 500}/src/deep/er/file.ts`);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("ignores a file that is too large, as GitHub does", () => {
    expect(owners(`* @a/all\n${"#".repeat(3 * 1024 * 1024)}`, "x")).toBeNull();
  });
});
