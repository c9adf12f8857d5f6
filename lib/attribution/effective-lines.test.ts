import { describe, expect, it } from "vitest";
import { countEffectiveLines } from "./effective-lines";
import { kindsOfPath } from "./path-kinds";

const file = (path: string, add: number | null) => ({ path, add });

describe("countEffectiveLines", () => {
  it("adds up what somebody wrote, tests and documentation apart", () => {
    const files = [file("src/a.ts", 10), file("src/a.test.ts", 20), file("docs/a.md", 5), file("pnpm-lock.yaml", 900)];
    expect(countEffectiveLines(files, "known")).toEqual({ effective: 35, production: 10, reason: null });
  });

  it("counts nothing for binary files and pure renames, and 0 for a change without files", () => {
    expect(countEffectiveLines([file("logo.png", null), file("src/b.ts", 0)], "known").effective).toBe(0);
    expect(countEffectiveLines([], "known")).toEqual({ effective: 0, production: 0, reason: null });
  });

  it("says why lines are not known, and never says 0 then", () => {
    expect(countEffectiveLines(null, "known")).toMatchObject({ effective: null, production: null });
    expect(countEffectiveLines(null, "unknown").reason).toContain("no trees");
    expect(countEffectiveLines([file("src/a.ts", null)], "unknown").reason).toContain("no file contents");
  });

  it("stays fast: 100,000 pull requests of ten files each are well under a second", () => {
    const files = Array.from({ length: 10 }, (_, i) => file(`packages/p${i}/src/features/f${i}/Component${i}.tsx`, i));
    const start = performance.now();
    for (let i = 0; i < 20_000; i += 1) countEffectiveLines(files, "known");
    expect((performance.now() - start) * 5).toBeLessThan(2_000);
  });
});

describe("kindsOfPath", () => {
  it.each([
    "yarn.lock",
    "web/package-lock.json",
    "Cargo.lock",
    "go.sum",
    "src/__snapshots__/a.test.ts.snap",
    "tests/Snapshots/Build.verified.txt",
    "public/app.min.js",
    "vendor/github.com/x/y.go",
    "node_modules/x/index.js",
    "api/user.pb.go",
    "api/user_pb2.py",
    "lib/model.g.dart",
    "packages/shared/prisma/generated/types.ts",
    ".github/workflows/triage.lock.yml",
  ])("%s is generated", (path) => {
    expect(kindsOfPath(path).generated).toBe(true);
  });

  it.each([
    "src/lock.ts",
    "src/vendors/list.ts",
    "src/admin.js",
    "src/generator.ts",
    "src/snapshot.ts",
    "cmd/build/main.go",
  ])("%s is not", (path) => {
    expect(kindsOfPath(path).generated).toBe(false);
  });

  it.each([
    "src/a.test.ts",
    "src/a.spec.tsx",
    "pkg/a_test.go",
    "tests/helpers/build.ts",
    "tests/Aspire.Hosting.Tests/HealthTests.cs",
    "src/Aspire.Hosting.Tests/Fixture.cs",
    "spec/models/user_spec.rb",
    "app/test_models.py",
    "src/main/UserServiceTest.java",
    "web/e2e/login.ts",
    "worker/src/__tests__/a.ts",
    "web/src/Chat.clienttest.tsx",
  ])("%s is a test", (path) => {
    expect(kindsOfPath(path).test).toBe(true);
  });

  it.each([
    "src/latest.ts",
    "src/contest/a.ts",
    "src/Contest.cs",
    "src/inspect.ts",
    "src/attest.go",
    "testing.ts",
    "src/api.latest.ts",
  ])("%s is no test", (path) => {
    expect(kindsOfPath(path).test).toBe(false);
  });

  it.each(["README.md", "docs/conf.py", "LICENSE", "CHANGELOG.txt", "web/src/guide.mdx", "packages/a/docs/img.png"])(
    "%s is documentation",
    (path) => {
      expect(kindsOfPath(path).documentation).toBe(true);
    },
  );

  it.each([
    "requirements.txt",
    "CMakeLists.txt",
    "src/docs.ts",
    "src/security.ts",
    "src/history.go",
    "src/readme.tsx",
    "web/src/app/docs/page.tsx",
  ])("%s is not", (path) => {
    expect(kindsOfPath(path).documentation).toBe(false);
  });
});
