import { describe, expect, it } from "vitest";
import { classifyCategory } from "./category";
import { sensitiveWordOf } from "./sensitive-path";

const of = (title: string, files: string[] | null, more: { labels?: string[]; taskType?: string } = {}) => {
  const { category, rule } = classifyCategory({ title, files, ...more });
  return `${category} ${rule}`;
};

describe("classifyCategory", () => {
  it("puts a sensitive path before labels and titles", () => {
    expect(of("docs: typo", ["src/auth.ts"], { labels: ["documentation"] })).toBe("security_critical sensitive_path");
    expect(of("fix: x", ["web/src/features/payments/Form.tsx"])).toBe("security_critical sensitive_path");
    const moved = { title: "chore: move", files: [{ path: "src/session.ts", from: "src/auth/session.ts" }] };
    expect(classifyCategory(moved).category).toBe("security_critical");
  });

  it("exempts documentation and tests from sensitive paths", () => {
    expect(of("docs", ["src/auth/README.md"])).toBe("documentation paths");
    expect(of("Cover login", ["src/auth/login.test.ts"])).toBe("test_generation paths");
    expect(of("fix: x", ["src/list.ts", "src/auth/login.test.ts"])).toBe("bug_fix_isolated title");
  });

  it("reads task types and labels, with their other names", () => {
    expect(of("x", ["src/a.ts"], { taskType: "cross_service_refactor" })).toBe("cross_module_refactor label");
    expect(of("x", ["src/a.ts"], { taskType: "something else" })).toBe("unclassified label");
    expect(of("docs: x", ["README.md"], { taskType: "feature" })).toBe("unclassified label");
    expect(of("x", ["src/a.ts"], { labels: ["bug", "Distributed Systems"] })).toBe("distributed_systems label");
    expect(of("x", ["src/a.ts"], { labels: ["task: perf"] })).toBe("performance_sensitive label");
    expect(of("x", ["src/a.ts"], { labels: ["task:unheard-of"] })).toBe("unclassified label");
    expect(of("x", ["src/a.ts"], { labels: ["docs", "security"] })).toBe("security_critical label");
    expect(of("fix: x", ["src/a.ts"], { labels: ["bug", "size/XL"] })).toBe("bug_fix_isolated title");
  });

  it("sees all documentation and all tests", () => {
    expect(of("Update guide", ["docs/a.md", "README.md"])).toBe("documentation paths");
    expect(of("Add tests", ["src/a.test.ts", "tests/b.ts"])).toBe("test_generation paths");
    expect(of("Add tests", ["src/a.test.ts", "README.md"])).toBe("unclassified default");
  });

  it("reads conventional titles", () => {
    expect(of("perf(db): fewer queries", ["src/a.ts", "src/b.ts"])).toBe("performance_sensitive title");
    expect(of("fix: off by one", ["src/list.ts", "src/list.test.ts"])).toBe("bug_fix_isolated title");
    expect(of("fix!: x", ["src/list.ts", "CHANGELOG.md", "pnpm-lock.yaml"])).toBe("bug_fix_isolated title");
    expect(of("fix: two places", ["src/a.ts", "src/b.ts"])).toBe("unclassified default");
    expect(of("refactor: move", ["packages/a/x.ts", "packages/b/x.ts"])).toBe("cross_module_refactor title");
    expect(of("refactor: move", ["packages/a/x.ts", "packages/a/y.ts", "package.json"])).toBe("unclassified default");
    expect(of("refactor: move", ["src/a.ts", "src/b.ts"])).toBe("unclassified default");
    expect(of("chore(deps): bump", ["package.json"])).toBe("boilerplate_scaffolding title");
    expect(of("[WIP] ci: cache", [".github/workflows/a.yml"])).toBe("boilerplate_scaffolding title");
    expect(of("feat: export", ["src/a.ts"])).toBe("unclassified default");
    expect(of("Fixture builder", ["src/a.ts"])).toBe("unclassified default");
    expect(of("chore: nothing", [])).toBe("boilerplate_scaffolding title");
    expect(of("Nothing changed", [])).toBe("unclassified default");
  });

  it("decides only what it can without files, and says so", () => {
    expect(of("chore: bump", null)).toBe("boilerplate_scaffolding title");
    expect(of("fix: off by one", null)).toBe("unclassified default");
    expect(of("x", null, { labels: ["documentation"] })).toBe("documentation label");
    expect(classifyCategory({ title: "fix: off by one", files: null }).evidence.text).toContain("not known");
  });

  it("gives the path and the word as evidence", () => {
    expect(classifyCategory({ title: "fix: x", files: ["src/list.ts", "src/AuthService.ts"] }).evidence).toEqual({
      rule: "category:sensitive_path",
      text: 'It touches a sensitive path ("auth") outside documentation and tests.',
      quote: "src/AuthService.ts",
      at: "src/AuthService.ts",
    });
  });
});

describe("sensitiveWordOf", () => {
  it.each([
    ["src/auth.ts", "auth"],
    ["src/AuthService.ts", "auth"],
    ["src/OAuth2Client.ts", "auth"],
    ["lib/oauth2/flow.rb", "oauth"],
    ["src/useAuth.ts", "auth"],
    ["AUTHService.java", "auth"],
    ["web/login-form.tsx", "login"],
    ["api/user_permissions.py", "permissions"],
    ["src/KeyManagementService.cs", "key management"],
    ["keys/private_key.go", "private key"],
    ["svc/withdrawals/handler.go", "withdrawals"],
  ])("%s: %s", (path, word) => {
    expect(sensitiveWordOf(path)).toBe(word);
  });

  it.each([
    "src/author.ts",
    "src/authors/list.ts",
    "src/Authority.cs",
    "src/cryptocurrency-news.ts",
    "src/secretary.ts",
    "src/keyboard/management.ts",
    "src/loginless.ts",
    "src/blogin.ts",
    "src/repayments.ts",
  ])("%s: none", (path) => {
    expect(sensitiveWordOf(path)).toBeNull();
  });
});
